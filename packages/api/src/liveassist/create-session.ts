import { liveassistSessions } from "@liveassist/db/schema";
import type { createSessionOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Begins a session; its first message names it. */
export async function createSession(deps: Deps, actor: Actor): Promise<z.output<typeof createSessionOutput>> {
  const sessionId = deps.random.uuid();
  const lastActiveAt = new Date(deps.clock.now());
  await deps.db.insert(liveassistSessions).values({
    id: sessionId,
    userId: actor.userId,
    createdAt: lastActiveAt,
    lastActiveAt,
  });
  return { sessionId };
}
