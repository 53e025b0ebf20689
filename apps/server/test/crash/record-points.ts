import type { Lane } from "./lane.ts";
import { putToRest, type Story } from "./story.ts";

/** How often each point was met in each story that was told without a kill. */
export type Met = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** On which roads every effect must have its failpoint; what people call themselves is struck at random. */
const ROADS = /^(receive|sync|sweep|tail) · /;

/** Tells a story undisturbed, and answers which points lie on its way. */
export async function recordStory(lane: Lane, story: Story): Promise<Map<string, number>> {
  await lane.server.takeCounts();
  const people = await story.tell(lane);
  await putToRest(lane, people);
  const counts = Object.entries(await lane.server.takeCounts());
  return new Map(counts.filter(([point]) => ROADS.test(point)));
}

/** The effects behind points: each has one before and one after it. */
export function effectsOf(points: Iterable<string>): string[] {
  return [...new Set([...points].map((point) => point.replace(/: (before|after)$/, "")))].sort();
}
