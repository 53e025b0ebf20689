import { mails, withdrawals } from "@liveassist/db/schema";
import { and, isNotNull, lt, ne } from "drizzle-orm";
import type { Deps } from "../deps.ts";

/** Seven years after the end of the financial year in which it happened (bokföringslagen 1999:1078, 7 kap. 2 §). */
const YEARS = 8;

/**
 * Takes name and address out of withdrawals, and deletes sent mails, once the books need them no longer: what the privacy
 * page promises. By the wall's date; the facts about money stay. Answers how many rows.
 */
export async function forgetWithdrawals(deps: Pick<Deps, "db" | "clock">): Promise<number> {
  const before = new Date(deps.clock.wall());
  before.setUTCFullYear(before.getUTCFullYear() - YEARS);
  const emptied = await deps.db
    .update(withdrawals)
    .set({ name: "", email: "" })
    .where(
      and(lt(withdrawals.createdAt, before), isNotNull(withdrawals.completedAt), ne(withdrawals.email, "")),
    )
    .returning({ id: withdrawals.id });
  const deleted = await deps.db
    .delete(mails)
    .where(and(lt(mails.createdAt, before), isNotNull(mails.sentAt)))
    .returning({ id: mails.id });
  return emptied.length + deleted.length;
}
