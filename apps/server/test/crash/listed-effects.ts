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
async function compareEffects(recordings: readonly Met[]): Promise<string[]> {
  const listed = await readEffects();
  const found = recordings.map(effectsMet);
  const fresh = (found[0] ?? []).filter(
    (effect) => !listed.includes(effect) && found.every((one) => one.includes(effect)),
  );
  const gone = listed.filter((effect) => !found.flat().includes(effect) && !NOT_ALWAYS.has(effect));
  return [
    ...fresh.map(
      (effect) => `An effect that is not in the list, so nobody asked what a kill there does: ${effect}`,
    ),
    ...gone.map((effect) => `In the list, and no story came past it: ${effect}`),
    ...(fresh.length + gone.length > 0 ? [HOW] : []),
  ];
}

/**
 * Records, and a second time when it fits not yet: whether two events share a sync, and whether the sweep comes first, is
 * the machine's whim. New is then what was met both times, and gone what was met neither time.
 */
export async function recordWell(
  run: CrashRun,
): Promise<{ readonly met: Met; readonly problems: readonly string[] }> {
  const met = await run.record();
  const problems = await compareEffects([met]);
  if (problems.length === 0) return { met, problems };
  const again = await run.record();
  const all = [...met].map(
    ([story, points]) => [story, new Map([...(again.get(story) ?? []), ...points])] as const,
  );
  return { met: new Map(all), problems: await compareEffects([met, again]) };
}

const effectsMet = (met: Met): string[] =>
  effectsOf([...met.values()].flatMap((points) => [...points.keys()]));
