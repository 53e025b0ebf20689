import type { PulseReading } from "../pulse.ts";

/** One committed row, as a live procedure sends it on. */
export interface OutboxRow {
  readonly id: number;
  readonly userId: string;
  readonly type: string;
  readonly payload: unknown;
}

/** One socket that wants to hear what its user must hear. */
export interface Follower {
  readonly userId: string;
  /** Id of the last row this follower has; rows after it are its own. */
  sent: number;
  deliver(row: OutboxRow): void;
}

/** The loop that delivers the outbox in this process. */
export interface Tail {
  /** Follows a user's rows after `follower.sent`; answers how to stop. */
  follow(follower: Follower): () => void;
  /** Without a nudge it looks this often, ms. */
  readonly everyMs: number;
  read(): PulseReading;
  /** Leaves a pass that hangs, and begins a new one. */
  restart(): void;
  stop(): Promise<void>;
}
