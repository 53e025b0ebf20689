import type { Replayed, ReplayReport } from "./replay-events.ts";

/** More are counted, not listed. */
const LISTED = 20;

const count = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;

/** What came of a replay, in plain words, a line each. */
export function inWords({ events, unknown, not_begun }: ReplayReport): string {
  const ended = (outcome: string): number => events.filter((event) => event.outcome === outcome).length;
  const troubles = events.filter(({ outcome }) => outcome === "dead" || outcome === "pending");
  const asked = events.length + unknown.length + not_begun.length;
  const summary = [
    [ended("processed"), "processed"],
    [ended("ignored"), "ignored, as they concern nobody"],
    [ended("dead"), "dead again"],
    [ended("pending"), "still waiting"],
    [unknown.length, "unknown"],
    [not_begun.length, "not begun"],
  ] as const;
  const parts = summary.filter(([n]) => n > 0).map(([n, words]) => `${n} ${words}`);
  return [
    asked === 0 ? "There are no such dead letters." : `${count(asked, "event")}: ${parts.join(", ")}.`,
    ...(events.length <= LISTED ? events : troubles.slice(0, LISTED)).map(lineOf),
    ...(events.length > LISTED && troubles.length > LISTED
      ? [`  … and ${troubles.length - LISTED} more; --json lists all.`]
      : []),
    ...unknown.map((id) => `  ${id}: there is no such event. Only what arrived can be replayed.`),
    ...(ended("pending") > 0
      ? [
          "What waits is tried again by the running server for as long as it takes; npm run timeline and the console show it.",
        ]
      : []),
  ].join("\n");
}

function lineOf({ event_id, type, outcome, taken, last_error }: Replayed): string {
  return `  ${event_id} ${type}: ${wordsFor(outcome, taken)}${last_error === null ? "" : ` (${last_error})`}`;
}

function wordsFor(outcome: Replayed["outcome"], taken: Replayed["taken"]): string {
  switch (outcome) {
    case "processed":
      if (taken === "synced") return "had been processed; its customer was synced again";
      return taken === "queued" ? "processed" : "had been processed; it concerns nobody we know";
    case "ignored":
      return "ignored: it concerns nobody";
    case "dead":
      return "DEAD again";
    case "pending":
      return "still waiting";
  }
}

/** All came to a good end. */
export const isAllWell = ({ events, unknown, not_begun }: ReplayReport): boolean =>
  unknown.length === 0 &&
  not_begun.length === 0 &&
  events.every(({ outcome }) => outcome === "processed" || outcome === "ignored");
