import { afterAll, beforeAll, expect, test } from "vitest";
import { MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor } from "../deps.ts";

let world: TestWorld;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
});
afterAll(() => world.close());

const iso = (at: number): string => new Date(at).toISOString();
const charts = (range: "hour" | "day" | "week") => world.as(admin).operations.readCharts({ range });

const put = ([name, label]: readonly [string, string], ago: number, n: number) => world.database.sql`
  insert into minute_counts values (${iso(Math.floor((world.clock.wall() - ago) / MINUTE) * MINUTE)}, ${name}, ${label}, ${n})`;
const activate = (id: string, ago: number, [activation, receipt]: [number, number | null]) => {
  const at = world.clock.wall() - ago;
  const received = receipt === null ? null : iso(at - receipt * 1000);
  return world.database.sql`insert into activations
    values (${id}, ${admin.userId}, 'paid', ${iso(at - activation * 1000)}, ${iso(at)}, ${received}, ${iso(at)})`;
};

test.for([
  { range: "hour", steps: 60, seconds: 60 },
  { range: "day", steps: 96, seconds: 900 },
  { range: "week", steps: 84, seconds: 7_200 },
] as const)(
  "a $range has each of its $steps steps, the last one under way",
  async ({ range, steps, seconds }) => {
    const { points, from, to, step_seconds } = await charts(range);
    expect(step_seconds).toBe(seconds);
    expect(points).toHaveLength(steps);
    expect(points[0]?.at).toBe(from);
    expect(Date.parse(to) - Date.parse(from)).toBe(steps * seconds * 1000);
    const gaps = points.slice(1).map(({ at }, index) => Date.parse(at) - Date.parse(points[index]?.at ?? ""));
    expect(new Set(gaps)).toEqual(new Set([seconds * 1000]));
    const now = world.clock.wall();
    expect(Date.parse(points.at(-1)?.at ?? "")).toBeLessThanOrEqual(now);
    expect(Date.parse(to)).toBeGreaterThan(now);
  },
);

test("counts and percentiles lie in their step, and nothing outside the range is counted", async () => {
  await put(["webhooks", "stored"], 0, 7);
  await put(["webhooks", "skipped"], 0, 1);
  await put(["webhooks", "ignored"], 0, 2);
  await put(["webhooks", "failed"], 0, 1);
  await put(["webhooks", "invalid_signature"], 0, 3);
  await put(["webhooks", "unsigned"], 0, 99);
  await put(["replies", "none"], 0, 5);
  await put(["replies", "refused"], 0, 1);
  await put(["replies", "away"], 0, 2);
  await put(["webhooks", "stored"], 10 * MINUTE, 4);
  await put(["webhooks", "stored"], 61 * MINUTE, 1_000);
  await activate("sub_1", 0, [2, 1]);
  await activate("sub_2", 0, [4, null]);
  await activate("sub_3", 10 * MINUTE, [-3, 0]);
  await activate("sub_4", 61 * MINUTE, [500, 500]);
  const { points } = await charts("hour");
  expect(points.at(-1)).toMatchObject({
    stored: 7,
    skipped: 1,
    ignored: 2,
    failed: 4,
    replies: 8,
    replies_failed: 2,
    activations: 2,
    activation_p50: 3,
    activation_p99: expect.closeTo(3.98),
    receipt_p50: 1,
    receipt_p99: 1,
  });
  expect(points.at(-11)).toMatchObject({ stored: 4, activations: 1, activation_p50: 0, receipt_p50: 0 });
  expect(points.reduce((sum, point) => sum + point.stored, 0)).toBe(11);
  const day = (await charts("day")).points;
  expect(day.reduce((sum, point) => sum + point.stored, 0)).toBe(1_011);
  expect(day.reduce((sum, point) => sum + point.activations, 0)).toBe(4);
});

test("only administrators see them", async () => {
  const anybody = await world.user();
  await expect(world.as(anybody).operations.readCharts({ range: "hour" })).rejects.toThrow();
});
