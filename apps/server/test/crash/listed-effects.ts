import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { CrashRun } from "./crash-run.ts";
import { effectsOf, type Met } from "./record-points.ts";

const FILE = new URL("./effects.json", import.meta.url);
const HOW = "Look at what is new, then run `npm run crash -- --record` and commit the list.";

/**
 * Met in some recordings only: sweep and sync race for the trial's reminder, and the tail looks where it begins while the
 * server starts, before or after the first story is told.
 */
const NOT_ALWAYS = new Set(["sweep · write-mail · insert mails", "tail · tail · select outbox"]);

/** The checked-in list of everything that receive, sync, sweep and tail await. */
export async function readEffects(): Promise<string[]> {
  return JSON.parse(await readFile(FILE, "utf8")) as string[];
}

/** Writes the list anew; answers its path. */
export async function writeEffects(met: Met): Promise<string> {
  const effects = [...new Set([...effectsMet(met), ...NOT_ALWAYS])].sort();
  await writeFile(FILE, `${JSON.stringify(effects, null, 2)}\n`);
  return fileURLToPath(FILE);
}

/** How the list and what was met differ, in words that say what to do; empty when they agree. */
export async function compareEffects(met: Met): Promise<string[]> {
  const [listed, found] = [await readEffects(), effectsMet(met)];
  const fresh = found.filter((effect) => !listed.includes(effect));
  const gone = listed.filter((effect) => !found.includes(effect) && !NOT_ALWAYS.has(effect));
  return [
    ...fresh.map(
      (effect) => `An effect that is not in the list, so nobody asked what a kill there does: ${effect}`,
    ),
    ...gone.map((effect) => `In the list, and no story came past it: ${effect}`),
    ...(fresh.length + gone.length > 0 ? [HOW] : []),
  ];
}

/** Records, and a second time when it fits not yet: whether two events share a sync is the machine's whim. */
export async function recordWell(run: CrashRun): Promise<Met> {
  const met = await run.record();
  if ((await compareEffects(met)).length === 0) return met;
  const again = await run.record();
  return new Map(
    [...met].map(([story, points]) => [story, new Map([...(again.get(story) ?? []), ...points])]),
  );
}

const effectsMet = (met: Met): string[] =>
  effectsOf([...met.values()].flatMap((points) => [...points.keys()]));
