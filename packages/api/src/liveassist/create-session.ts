import { liveassistSessions } from "@liveassist/db/schema";
import type { createSessionOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { lockUser } from "../uploads/lock-user.ts";

/** Begins a session; its first message names it. `UNAUTHENTICATED` when the account is gone: no session outlives it. */
export async function createSession(deps: Deps, actor: Actor): Promise<z.output<typeof createSessionOutput>> {
  const sessionId = deps.random.uuid();
  const lastActiveAt = new Date(deps.clock.now());
  const { userId } = actor;
  await deps.db.transaction(async (tx) => {
    await lockUser(tx, userId);
    await tx
      .insert(liveassistSessions)
      .values({ id: sessionId, userId, createdAt: lastActiveAt, lastActiveAt });
  });
  return { sessionId };
}
