import { jobStates, servers } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";

/** A server that stops in order is gone at once; one that was killed is taken for gone after a minute. */
export async function forgetServer({ db, serverId }: Pick<Deps, "db" | "serverId">): Promise<void> {
  await db.delete(jobStates).where(eq(jobStates.serverId, serverId));
  await db.delete(servers).where(eq(servers.serverId, serverId));
}
