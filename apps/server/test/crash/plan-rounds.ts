import type { Met } from "./record-points.ts";
import { STORIES } from "./stories.ts";
import type { Story } from "./story.ts";

/** What is killed: the server's process, or Postgres with all its processes, or both at once. */
export type Victim = "server" | "postgres" | "both";

/** One story, and the kill in it: at a point, or after a time. */
export interface Round {
  readonly story: Story;
  readonly victim: Victim;
  readonly at: { readonly point: string; readonly nth: number } | { readonly afterMs: number };
  readonly seed: number;
}

/** A story takes about this long when nobody is killed. */
const STORY_MS = 900;

/** One round for every point: in a story that comes past it, and at one of the times it does. */
export function roundsForPoints(met: Met, victim: Victim, chance: () => number): Round[] {
  const places = new Map<string, { story: string; times: number }[]>();
  for (const [story, points] of met)
    for (const [point, times] of points) places.set(point, [...(places.get(point) ?? []), { story, times }]);
  return [...places].sort().map(([point, found]) => {
    const place = found[Math.floor(chance() * found.length)] ?? found[0];
    // Events that come together share a sync, and not always in the same way: the last times may not come.
    const nth = 1 + Math.floor(chance() * Math.ceil((place?.times ?? 1) / 2));
    return { story: storyNamed(place?.story ?? ""), victim, at: { point, nth }, seed: seedOf(chance) };
  });
}

/** Rounds in which the kill comes at a moment of its own. */
export function randomRounds(count: number, victim: Victim, chance: () => number): Round[] {
  return Array.from({ length: count }, () => ({
    story: STORIES[Math.floor(chance() * STORIES.length)] ?? storyNamed("purchase"),
    victim,
    at: { afterMs: Math.floor(chance() * STORY_MS) },
    seed: seedOf(chance),
  }));
}

/** A round in words, enough to run it again. */
export function describeRound({ story, victim, at, seed }: Round): string {
  const where = "point" in at ? `${at.point} (time ${at.nth})` : `after ${at.afterMs} ms`;
  return `${victim} killed in "${story.name}" at ${where}, seed ${seed}`;
}

const seedOf = (chance: () => number): number => Math.floor(chance() * 1_000_000_000);

function storyNamed(name: string): Story {
  const found = STORIES.find((story) => story.name === name);
  if (!found) throw new Error(`there is no story "${name}"`);
  return found;
}
