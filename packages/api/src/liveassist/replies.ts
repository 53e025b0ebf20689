import type { SessionEvent } from "@liveassist/shared/session-events";

/** An event with its tracked id, `messageId:offset`. */
export interface TrackedEvent {
  readonly id: string;
  readonly event: SessionEvent;
}

/** The replies that this process writes, and whoever follows sessions here (design I13). */
export interface Replies {
  /** Begins to write a stored placeholder. Returns at once; whatever goes wrong ends up in its row. */
  begin(replyId: string): void;
  /** Hears what happens in a session from now on, wherever it is written; answers how to stop. */
  follow(sessionId: string, listener: (event: TrackedEvent) => void): () => void;
  /** Marks what is being written here as interrupted, and waits until that is stored. */
  stop(): Promise<void>;
}
