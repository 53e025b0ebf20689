import type { Tx } from "@liveassist/db";
import { liveassistMessages } from "@liveassist/db/schema";
import type { Deps } from "../deps.ts";

/** Without a word from its process for so long, a reply counts as interrupted (design I13). */
export const LEASE_MS = 10_000;

/** Stores the placeholder of a reply under the session's lock; answers its id. Whoever commits it begins to write it. */
export async function placeReply(
  deps: Deps,
  tx: Tx,
  of: { readonly sessionId: string; readonly userId: string; readonly replyTo: string },
): Promise<string> {
  const id = deps.random.uuid();
  await tx.insert(liveassistMessages).values({
    ...of,
    id,
    role: "assistant",
    text: "",
    status: "streaming",
    leaseUntil: new Date(deps.clock.wall() + LEASE_MS),
    createdAt: new Date(deps.clock.now()),
  });
  return id;
}
