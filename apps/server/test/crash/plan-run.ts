import { type Round, randomRounds, roundsForPoints } from "./plan-rounds.ts";
import type { Met } from "./record-points.ts";

/** How much: `rounds` in all at least (every point comes once anyway), of which `postgres` kill Postgres. */
export interface Extent {
  readonly rounds: number;
  readonly postgres: number;
  /** Only points or stories that contain this text; no random moments then. */
  readonly only?: string | undefined;
}

/** Every point once, then random moments, and Postgres at points and moments, alone and together with the server. */
export function planRun(met: Met, { rounds, postgres, only }: Extent, chance: () => number): Round[] {
  if (only !== undefined) return chosen(met, { rounds, only }, chance);
  const atPoints = roundsForPoints(met, "server", chance);
  const shuffled = <T>(list: T[]): T[] => list.sort(() => chance() - 0.5);
  const third = Math.ceil(postgres / 3);
  const struck = shuffled(roundsForPoints(met, "postgres", chance).filter(canWait));
  const both = shuffled(roundsForPoints(met, "both", chance).filter(canWait));
  return [
    ...atPoints,
    ...randomRounds(Math.max(0, rounds - atPoints.length - postgres), "server", chance),
    ...struck.slice(0, third),
    ...randomRounds(third, "postgres", chance),
    ...both.slice(0, Math.max(0, postgres - 2 * third)),
  ];
}

/** While Postgres is killed the server waits at the point, and what nobody awaits cannot wait. */
const canWait = ({ at }: Round): boolean => "point" in at && !/nudge|answer|frame/i.test(at.point);

/** What fits, again and again until there are enough rounds; each time elsewhere on the way. */
function chosen(met: Met, { rounds, only }: { rounds: number; only: string }, chance: () => number): Round[] {
  const fitting = (): Round[] =>
    roundsForPoints(met, "server", chance).filter(
      ({ at, story }) => story.name.includes(only) || ("point" in at && at.point.includes(only)),
    );
  const found = fitting();
  if (found.length === 0) throw new Error(`no point and no story contains "${only}"`);
  while (found.length < rounds) found.push(...fitting());
  return found;
}
