import type { Actor, Deps } from "@liveassist/api";
import { uploads, usage, users } from "@liveassist/db/schema";
import { dayIn } from "@liveassist/shared/quota";
import { eq } from "drizzle-orm";
import { keysOf } from "../../../../packages/api/src/uploads/upload-row.ts";

type Unit = typeof usage.$inferSelect;
type Upload = typeof uploads.$inferSelect;

async function booksOf({ db }: Deps, { userId }: Actor) {
  const [units, files, [user]] = await Promise.all([
    db.select().from(usage).where(eq(usage.userId, userId)),
    db.select().from(uploads).where(eq(uploads.userId, userId)),
    db.select().from(users).where(eq(users.id, userId)),
  ]);
  return { units, files, counter: user?.imageCounter };
}

/** By day: how many units count. */
function countedByDay(units: readonly Unit[]): Map<string, number> {
  const days = new Map<string, number>();
  for (const unit of units)
    if (unit.counted && unit.state !== "released") days.set(unit.day, (days.get(unit.day) ?? 0) + 1);
  return days;
}

/** More units alive on a day than its limit: true at no moment, so it may be asked in the middle of a race. */
export async function overshoot(deps: Deps, { userId }: Actor): Promise<string[]> {
  const units = await deps.db.select().from(usage).where(eq(usage.userId, userId));
  return [...countedByDay(units)]
    .filter(([, count]) => count > deps.settings.freeImagesPerDay)
    .map(([day, count]) => `${userId}: ${count} units live on ${day}`);
}

/** Why a unit is not what its upload says; null: it is. A failed reply's unit is released although its file was sent. */
function misplaced(unit: Unit, file: Upload | undefined): string | null {
  const state = file?.state ?? "gone";
  const isOnItsWay = state === "uploading" || state === "ready";
  const fits =
    (unit.state === "reserved" && isOnItsWay) ||
    (unit.state === "committed" && state === "sent") ||
    (unit.state === "released" && !isOnItsWay);
  return fits ? null : `a unit is ${unit.state} and its upload ${state}`;
}

/** What is wrong with a user's units once nothing moves any more: one in the wrong state, one too many, one leaked, a false counter. */
export async function quotaFaults(deps: Deps, actor: Actor): Promise<string[]> {
  const { units, files, counter } = await booksOf(deps, actor);
  const fileOf = new Map(files.map((file) => [file.id, file]));
  const unitOf = new Map(units.map((unit) => [unit.uploadId, unit]));
  const wrong = units.map((unit) => misplaced(unit, fileOf.get(unit.uploadId)));
  const without = files
    .filter(({ id, purpose, kind }) => purpose === "liveassist" && kind === "image" && !unitOf.has(id))
    .map(({ state }) => `an image is ${state} without a unit`);
  const today = dayIn(deps.settings.quotaTimezone, deps.clock.now());
  const live = countedByDay(units).get(today) ?? 0;
  // Yesterday's count stands until the first sweep of the day; it is never written again.
  const isStale = counter !== live && units.every(({ day }) => day !== today);
  const false_ = counter === live || isStale ? [] : [`the counter says ${counter}, ${live} live`];
  return [
    ...wrong.filter((fault) => fault !== null),
    ...without,
    ...false_,
    ...(await overshoot(deps, actor)),
  ];
}

/** How many of today's counted units were sent. */
export async function sentToday(deps: Deps, actor: Actor): Promise<number> {
  const { units } = await booksOf(deps, actor);
  const today = dayIn(deps.settings.quotaTimezone, deps.clock.now());
  return countedByDay(units.filter(({ state }) => state === "committed")).get(today) ?? 0;
}

/** Files in the storage that no row of an upload knows: lost for ever. */
export async function strayFiles(deps: Deps, keys: readonly string[]): Promise<string[]> {
  const rows = await deps.db.select().from(uploads);
  const known = new Set(rows.flatMap((row) => Object.values(keysOf(row))));
  return keys.filter((key) => !known.has(key)).map((key) => `nobody knows ${key}`);
}
