import type { Tx } from "@liveassist/db";
import { usage } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { LIMIT_MESSAGES } from "@liveassist/shared/limit-messages";
import { limitsOf, type Plan } from "@liveassist/shared/plans";
import { mayReserveImage } from "@liveassist/shared/quota";
import type { Deps } from "../deps.ts";
import { countUnits, today, writeCounter } from "./live-units.ts";

interface Reservation {
  readonly userId: string;
  readonly uploadId: string;
  /** As `planNow` says in this transaction. */
  readonly plan: Plan;
  readonly expiresAt: Date;
}

/** Throws `IMAGE_DAY_LIMIT` unless so many more images may begin on a day. Under the user's row lock only (design I9). */
export async function requireUnits(
  deps: Deps,
  tx: Tx,
  asked: { readonly userId: string; readonly plan: Plan; readonly day: string; readonly wanted: number },
): Promise<void> {
  const limit = limitsOf(asked.plan, deps.settings).imagesPerDay;
  if (limit === null) return;
  const used = await countUnits(tx, asked.userId, asked.day);
  if (!mayReserveImage(used, limit, asked.wanted))
    throw new AppError("IMAGE_DAY_LIMIT", LIMIT_MESSAGES.IMAGE_DAY_LIMIT);
}

/** Takes the unit of an image that begins, or throws `IMAGE_DAY_LIMIT` (requirements R5). Under the user's row lock only. */
export async function reserveUnit(deps: Deps, tx: Tx, reservation: Reservation): Promise<void> {
  const { userId, uploadId, plan, expiresAt } = reservation;
  // Read once: midnight may come at any moment.
  const day = today(deps);
  await requireUnits(deps, tx, { userId, plan, day, wanted: 1 });
  await tx
    .insert(usage)
    .values({ uploadId, userId, day, state: "reserved", counted: plan === "free", expiresAt });
  await writeCounter(deps, tx, userId);
}
