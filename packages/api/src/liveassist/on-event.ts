import type { SessionEvent } from "@liveassist/shared/session-events";
import { tracked } from "@trpc/server";
import type { Actor, Deps } from "../deps.ts";

interface Following {
  readonly sessionId: string;
  /** `messageId:offset` of the last event seen; absent: from now on. */
  readonly cursor: string | null | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Everything that happens in one of the caller's sessions. */
export async function* onEvent(_deps: Deps, _actor: Actor, _following: Following) {
  const events: SessionEvent[] = [];
  for (const event of events) yield tracked("", event);
  throw new Error("not built yet");
}
