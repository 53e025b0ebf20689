import { afterAll, beforeAll, expect, test } from "vitest";
import { MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { createMinuteCounts } from "./minute-counts.ts";
import { writeMinuteCounts } from "./write-minute-counts.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const count = (outcome: string, by = 1) => ({
  name: "liveassist_webhook_requests_total" as const,
  labels: { outcome },
  by,
});
const rows = () => world.database.sql`select label, n::int from minute_counts order by minute, label`;

test("counts are gathered by minute and label; what no chart is read from is left out", () => {
  let now = 30_500;
  const minutes = createMinuteCounts(() => now);
  minutes.add(count("stored"));
  minutes.add(count("stored", 2));
  minutes.add(count("stored", 0));
  minutes.add({ name: "liveassist_mails_total", labels: { outcome: "sent" }, by: 1 });
  now = MINUTE;
  minutes.add(count("stored"));
  minutes.add({ name: "liveassist_replies_total", labels: { outcome: "failed", failure: "away" }, by: 1 });
  expect(minutes.take()).toEqual([
    { minute: 0, name: "webhooks", label: "stored", n: 3 },
    { minute: MINUTE, name: "webhooks", label: "stored", n: 1 },
    { minute: MINUTE, name: "replies", label: "away", n: 1 },
  ]);
  expect(minutes.take()).toEqual([]);
});

test("several servers add up, also when they write at once", async () => {
  const servers = Array.from({ length: 4 }, () => ({
    db: world.deps.db,
    metrics: { ...world.deps.metrics, minutes: createMinuteCounts(world.clock.wall) },
  }));
  for (const { metrics } of servers)
    for (const outcome of ["stored", "failed", "skipped"]) metrics.minutes.add(count(outcome, 5));
  await Promise.all(servers.map((server) => writeMinuteCounts(server)));
  expect(await rows()).toEqual([
    { label: "failed", n: 20 },
    { label: "skipped", n: 20 },
    { label: "stored", n: 20 },
  ]);
});

test("what could not be written is written the next time, with what came meanwhile", async () => {
  const minutes = createMinuteCounts(world.clock.wall);
  const metrics = { ...world.deps.metrics, minutes };
  minutes.add(count("ignored"));
  const closed = {
    execute: () => Promise.reject(new Error("no database")),
  } as unknown as typeof world.deps.db;
  await expect(writeMinuteCounts({ db: closed, metrics })).rejects.toThrow("no database");
  minutes.add(count("ignored"));
  await writeMinuteCounts({ db: world.deps.db, metrics });
  expect((await rows())[1]).toEqual({ label: "ignored", n: 2 });
});
