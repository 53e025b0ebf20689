import type { CommunityEvent } from "@liveassist/shared/community-events";
import { tracked } from "@trpc/server";
import type { Actor, Deps } from "../deps.ts";

interface Following {
  readonly cursor: string | null | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What changes in the community. */
export async function* onEvent(_deps: Deps, _actor: Actor, _following: Following) {
  const events: CommunityEvent[] = [];
  for (const event of events) yield tracked("", event);
  throw new Error("not built yet");
}
