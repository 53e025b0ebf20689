import type { Life } from "../life.ts";
import type { MoveKinds } from "./move.ts";

const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const passes = (weight: number, from: number, to: number) => ({
  weight,
  can: () => true,
  make: (life: Life, { a }: { a: number }) =>
    passTime(life, Math.round((from + (to - from) * a) / SECOND) * SECOND),
});

/** Time passes at Stripe and here; what is due at Stripe happens, then each timer of ours fires once. */
export async function passTime(life: Life, ms: number): Promise<void> {
  life.tell(`${inWords(ms)} pass.`);
  life.core.advance(ms);
  life.stripeMoved = true;
  await life.runTimers();
}

function inWords(ms: number): string {
  if (ms >= DAY) return `${(ms / DAY).toFixed(1)} days`;
  return ms >= HOUR ? `${(ms / HOUR).toFixed(1)} hours` : `${ms / SECOND} seconds`;
}

/** How time passes. */
export const TIME_MOVES: MoveKinds = {
  "time: seconds": passes(4, SECOND, 8 * SECOND),
  "time: minutes": passes(1.2, 60 * SECOND, 20 * 60 * SECOND),
  "time: hours": passes(0.8, HOUR, 12 * HOUR),
  "time: days": passes(0.6, DAY, 9 * DAY),
  "time: weeks": passes(0.12, 20 * DAY, 70 * DAY),
  "time: until the next thing at Stripe": {
    weight: 1.2,
    can: (life) => life.core.nextDue() !== null,
    make: (life, { a }) =>
      passTime(life, Math.max(SECOND, (life.core.nextDue() ?? 0) - life.now() + (a < 0.5 ? 0 : SECOND))),
  },
};
