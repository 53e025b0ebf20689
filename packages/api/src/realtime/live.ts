import type { OutboxRow, Tail } from "./follower.ts";
import { openQueue, type Queue } from "./queue.ts";

/** A queue between the tail, which never waits, and one socket, which may be slow. */
export type Stream = Pick<Queue<OutboxRow>, "next" | "close">;

/**
 * Follows a user's outbox rows after `sent` until the signal fires: listening has begun when this returns, so that a
 * replay read afterwards misses nothing.
 */
export function openStream(
  tail: Tail,
  { userId, sent, signal }: { userId: string; sent: number; signal: AbortSignal | undefined },
): Stream {
  let unfollow = (): void => {};
  const queue = openQueue<OutboxRow>(signal, () => unfollow());
  if (signal?.aborted) return queue;
  unfollow = tail.follow({ userId, sent, deliver: queue.push });
  return queue;
}
