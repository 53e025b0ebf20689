import type { Tx } from "@liveassist/db";

interface Sending {
  readonly userId: string;
  readonly uploadIds: readonly string[];
  readonly messageId: string;
  /** Whether the sender's plan has video now. */
  readonly mayVideo: boolean;
}

/** Binds uploads to the message that sends them, in its transaction, and commits their units. */
export async function sendUploads(_tx: Tx, _sending: Sending): Promise<void> {
  throw new Error("not built yet");
}
