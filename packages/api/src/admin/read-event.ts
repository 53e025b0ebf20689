import { webhookEvents } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { eventOutput, readEventInput } from "@liveassist/shared/inputs/admin";
import { mask } from "@liveassist/shared/mask";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { showEvent } from "./show-event.ts";

/** One event with its payload, masked. Throws `NOT_FOUND`. */
export async function readEvent(
  deps: Deps,
  _actor: Actor,
  { eventId }: z.infer<typeof readEventInput>,
): Promise<z.infer<typeof eventOutput>> {
  const [row] = await deps.db.select().from(webhookEvents).where(eq(webhookEvents.eventId, eventId));
  if (!row) throw new AppError("NOT_FOUND", "There is no such event.");
  const payload = row.payload === "" ? null : mask(JSON.parse(row.payload));
  return { ...showEvent(row), livemode: row.livemode, api_version: row.apiVersion, payload };
}
