/** Doubling from one second: 1, 2, 4 … s, never above `longestMs`. `attempt` counts from 0. */
export const backoffMs = (attempt: number, longestMs: number): number =>
  Math.min(1000 * 2 ** Math.min(attempt, 20), longestMs);

/**
 * How long the live connection waits before it tries again, in ms. The 0–5 s of jitter keep a restart of the server
 * from being met by everybody at once (design, I4). `random` is in [0, 1).
 */
export const reconnectDelayMs = (attempt: number, random: number): number =>
  (attempt === 0 ? 0 : backoffMs(attempt - 1, 15_000)) + Math.floor(random * 5000);
