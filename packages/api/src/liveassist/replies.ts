import type { SessionEvent } from "@liveassist/shared/session-events";
import type { Turn } from "./turns.ts";

/** An event with its tracked id, `messageId:offset`. */
export interface TrackedEvent {
  readonly id: string;
  readonly event: SessionEvent;
}

/**
 * What one follower sees of a session: always its present state, never a queue, so that whoever is slow takes fewer and
 * greater steps.
 */
export interface SessionWatch {
  /** The turns from this place on, oldest first, with what is being written here at this moment; null: the session is gone. */
  since(seq: number): Promise<readonly Turn[] | null>;
  /** Resolves as soon as something has changed since the last `since`; false: the watch is closed. */
  changed(): Promise<boolean>;
  close(): void;
}

/** The replies that this process writes, and whoever follows sessions here (design I13). */
export interface Replies {
  /** Begins to write a stored placeholder. Returns at once; whatever goes wrong ends up in its row. */
  begin(replyId: string): void;
  /** Watches a session from now on, wherever its replies are written. Close it, or let the signal fire. */
  watch(sessionId: string, signal?: AbortSignal): SessionWatch;
  /** Resolves when nothing is being written here. */
  idle(): Promise<void>;
  /** Marks what is being written here as interrupted, and waits until that is stored. */
  stop(): Promise<void>;
}
