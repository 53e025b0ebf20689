import type { OutboxRow, Tail } from "./follower.ts";

/** A queue between the tail, which never waits, and one socket, which may be slow. */
export interface Stream {
  next(): Promise<OutboxRow | null>;
  close(): void;
}

/**
 * Follows a user's outbox rows after `sent` until the signal fires: listening has begun when this returns, so that a
 * replay read afterwards misses nothing.
 */
export function openStream(
  tail: Tail,
  { userId, sent, signal }: { userId: string; sent: number; signal: AbortSignal | undefined },
): Stream {
  const rows: OutboxRow[] = [];
  let waiting: ((row: OutboxRow | null) => void) | null = null;
  let closed = false;
  const unfollow = tail.follow({
    userId,
    sent,
    deliver(row) {
      if (waiting) {
        const resolve = waiting;
        waiting = null;
        resolve(row);
      } else rows.push(row);
    },
  });
  const close = (): void => {
    closed = true;
    unfollow();
    signal?.removeEventListener("abort", close);
    waiting?.(null);
    waiting = null;
  };
  if (signal?.aborted) close();
  else signal?.addEventListener("abort", close);
  return {
    close,
    next: () => {
      const row = rows.shift();
      if (row) return Promise.resolve(row);
      if (closed) return Promise.resolve(null);
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
  };
}
