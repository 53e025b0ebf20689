import { anyOf, type Tx } from "@liveassist/db";
import { usage } from "@liveassist/db/schema";
import { and, ne } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { writeCounter } from "./live-units.ts";

/** Gives the units of uploads back, each once however often it is called. Under the user's row lock only (design I9). */
export async function releaseUnit(
  deps: Deps,
  tx: Tx,
  of: { readonly userId: string; readonly uploadIds: readonly string[] },
): Promise<void> {
  const released = await tx
    .update(usage)
    .set({ state: "released" })
    .where(and(anyOf(usage.uploadId, of.uploadIds), ne(usage.state, "released")))
    .returning({ uploadId: usage.uploadId });
  if (released.length > 0) await writeCounter(deps, tx, of.userId);
}
