import type { Stage } from "../stage.ts";
import type { MoveKinds } from "./move.ts";

const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const passes = (weight: number, from: number, to: number) => ({
  weight,
  can: () => true,
  make: (stage: Stage, { a }: { a: number }) =>
    passTime(stage, Math.round((from + (to - from) * a) / SECOND) * SECOND),
});

/** Time passes at Stripe and here; what is due at Stripe happens, then each timer of ours fires once. */
export async function passTime(stage: Stage, ms: number): Promise<void> {
  stage.tell(`${inWords(ms)} pass.`);
  stage.core.advance(ms);
  stage.stripeMoved = true;
  await stage.afterTime();
}

function inWords(ms: number): string {
  if (ms >= DAY) return `${(ms / DAY).toFixed(1)} days`;
  return ms >= HOUR ? `${(ms / HOUR).toFixed(1)} hours` : `${ms / SECOND} seconds`;
}

/** How time passes. */
export const TIME_MOVES: MoveKinds<Stage> = {
  "time: seconds": passes(4, SECOND, 8 * SECOND),
  "time: minutes": passes(1.2, 60 * SECOND, 20 * 60 * SECOND),
  "time: hours": passes(0.8, HOUR, 12 * HOUR),
  "time: days": passes(0.6, DAY, 9 * DAY),
  "time: weeks": passes(0.12, 20 * DAY, 70 * DAY),
  "time: until the next thing at Stripe": {
    weight: 1.2,
    can: (stage) => stage.core.nextDue() !== null,
    make: (stage, { a }) =>
      passTime(stage, Math.max(SECOND, (stage.core.nextDue() ?? 0) - stage.now() + (a < 0.5 ? 0 : SECOND))),
  },
};
