import { trail } from "@liveassist/db/schema";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Deps } from "../deps.ts";
import { startTrail } from "./start-trail.ts";

/** On a busy machine. */
const PATIENT = { timeout: 10_000 };

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const written = async (userId: string) =>
  (await world.deps.db.select().from(trail).where(eq(trail.userId, userId)).orderBy(asc(trail.id))).map(
    (row) => row.detail["n"],
  );
const note = (userId: string, n: number) => ({ userId, kind: "push" as const, detail: { n } });
/** The database as it is, away for as long as `away` says so, with whatever error. */
function withFaults(error: () => Error | null): Pick<Deps, "db" | "clock" | "log"> {
  const db = Object.create(world.deps.db) as Deps["db"];
  db.insert = ((table: typeof trail) => {
    const fault = error();
    if (fault === null) return world.deps.db.insert(table);
    return { values: () => Promise.reject(fault) };
  }) as Deps["db"]["insert"];
  return { ...world.deps, db };
}
const away = () => Object.assign(new Error("cut"), { code: "CONNECTION_CLOSED" });

test("entries are written in the order in which they were noted, with the moment they tell of", async () => {
  const own = startTrail(world.deps);
  for (let n = 0; n < 1_200; n++) own.note(note("ordered", n));
  own.note({ ...note("ordered", 1_200), at: 5 });
  await vi.waitFor(async () => expect(await written("ordered")).toHaveLength(1_201), PATIENT);
  expect(await written("ordered")).toEqual(Array.from({ length: 1_201 }, (_, n) => n));
  const [first] = await world.deps.db.select().from(trail).orderBy(asc(trail.at)).limit(1);
  expect(first?.at).toEqual(new Date(5));
  await own.stop();
});

test("stopping writes what waits, and what is noted afterwards is nobody's", async () => {
  const own = startTrail(world.deps);
  own.note(note("stopped", 1));
  own.note(note("stopped", 2));
  await own.stop();
  own.note(note("stopped", 3));
  await own.stop();
  expect(await written("stopped")).toEqual([1, 2]);
});

test("while the database is away it waits, and loses nothing; the order stays", async () => {
  let isAway = true;
  let tries = 0;
  const own = startTrail(
    withFaults(() => {
      tries += 1;
      return isAway ? away() : null;
    }),
  );
  own.note(note("away", 1));
  await vi.waitFor(() => expect(tries).toBe(1), PATIENT);
  own.note(note("away", 2));
  isAway = false;
  await vi.waitFor(async () => expect(await written("away")).toEqual([1, 2]), PATIENT);
  await own.stop();
});

test("what the database refuses for good is dropped, said, and does not hold up the rest", async () => {
  let refusals = 1;
  const own = startTrail(withFaults(() => (refusals-- > 0 ? new Error("a bug of ours") : null)));
  own.note(note("refused", 1));
  const lost = () => world.logs.filter((line) => line.message === "part of the trail could not be written");
  await vi.waitFor(() => expect(lost()).toMatchObject([{ lost: 1 }]), PATIENT);
  own.note(note("refused", 2));
  await own.stop();
  expect(await written("refused")).toEqual([2]);
});

test("stopping with the database away ends, and says what is lost", async () => {
  const own = startTrail(withFaults(away));
  own.note(note("gone", 1));
  await own.stop();
  expect(world.logs.at(-1)).toMatchObject({ level: "warn", lost: 1 });
  expect(await written("gone")).toEqual([]);
});

test("away for long, it forgets the oldest and keeps the newest", async () => {
  let isAway = true;
  const own = startTrail(withFaults(() => (isAway ? away() : null)));
  for (let n = 0; n < 10_300; n++) own.note(note("flood", n));
  isAway = false;
  await own.stop();
  const kept = await written("flood");
  expect(kept).toHaveLength(10_000);
  expect([kept[0], kept.at(-1)]).toEqual([300, 10_299]);
});
