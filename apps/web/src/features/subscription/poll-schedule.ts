import { backoffMs } from "../../lib/backoff.ts";

/** About ten minutes in all: enough for any payment to arrive, and not for ever. */
const MOST_TRIES = 24;

/** How long to wait before asking again, in ms: 1, 2, 4 … 30 s; null when it has been asked often enough (R25). */
export const pollDelayMs = (tries: number): number | null =>
  tries >= MOST_TRIES ? null : backoffMs(tries, 30_000);
