import type { Tx } from "@liveassist/db";

/** Gives the units of a message back: its reply failed, which costs nobody anything. */
export async function releaseUnits(_tx: Tx, _messageId: string): Promise<void> {
  throw new Error("not built yet");
}
