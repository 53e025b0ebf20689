import type { WalkReport } from "../../packages/api/src/index.ts";

/** In this order a walk goes through them. */
const PHASES: Readonly<Record<string, string>> = {
  stripe: "comparing with Stripe",
  database: "comparing with the database",
  repair: "repairing",
  events: "looking for missed events",
};

/**
 * How far a walk is: the share from 0 to 1, and in words. Within the first phase by what it has looked at out of `expected`
 * (subscriptions and customers known here); the later ones do not say how long they are.
 */
export function howFar(
  { walkId, phase, counts, seconds }: WalkReport,
  expected: number,
): { part: number; words: string } {
  const names = Object.keys(PHASES);
  const at = Math.max(0, names.indexOf(phase));
  const looked = (counts["listed"] ?? 0) + (counts["asked"] ?? 0);
  const within = phase === "stripe" && expected > 0 ? Math.min(1, looked / expected) : 0;
  const words = `walk ${walkId}: ${PHASES[phase] ?? phase}, ${looked} looked at, ${Math.round(seconds)} s`;
  return { part: (at + within) / names.length, words };
}
