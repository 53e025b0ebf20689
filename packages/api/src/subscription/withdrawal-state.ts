import type { Db, Tx } from "@liveassist/db";
import { users, withdrawals } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { type Contract, type WithdrawalRight, withdrawalRight } from "@liveassist/shared/withdrawal";
import { eq } from "drizzle-orm";
import { subscriptionRowsOf, toFacts } from "../billing/load-facts.ts";
import type { Deps } from "../deps.ts";
import type { PriceOffer } from "../stripe-port.ts";

export type WithdrawalRow = typeof withdrawals.$inferSelect;

/** What a user may withdraw from or has withdrawn from, by the stored rows. */
export interface WithdrawalState {
  readonly right: WithdrawalRight;
  readonly user: { readonly name: string; readonly email: string };
  /** The withdrawals of the latest statement: usually one. */
  readonly latest: readonly WithdrawalRow[];
  /** What each subscription costs, in the currency's minor unit; 0: nothing of it was ever paid. */
  readonly paidOre: ReadonlyMap<string, number>;
}

interface Question {
  readonly userId: string;
  /** Null: Stripe was never reached yet, so nobody can have bought anything. */
  readonly price: PriceOffer | null;
  /** Domain time, epoch milliseconds. */
  readonly now: number;
}

/** Reads that state; a user who is gone is `UNAUTHENTICATED`. Call under the user's row lock before writing by it. */
export async function withdrawalState(
  deps: Deps,
  db: Db | Tx,
  { userId, price, now }: Question,
): Promise<WithdrawalState> {
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  if (!user || user.deletedAt !== null) throw new AppError("UNAUTHENTICATED", "Sign in first.");
  const all = price === null ? [] : await subscriptionRowsOf(db, userId);
  const rows = all.filter((row) => price !== null && toFacts(row, price).counts);
  const made = await db.select().from(withdrawals).where(eq(withdrawals.userId, userId));
  const received = new Map(made.map((one) => [one.subscriptionId, one.receivedAt.getTime()]));
  const contracts = rows.map(
    (row): Contract => ({
      id: row.providerSubscriptionId,
      status: row.status,
      concludedAt: row.stripeCreatedAt.getTime(),
      everPaid: row.firstPaidAt !== null,
      withdrawnAt: received.get(row.providerSubscriptionId) ?? null,
    }),
  );
  const paidOre = rows.map((row) => {
    const amount = row.items.find((item) => item.unitAmount !== null)?.unitAmount ?? price?.amountOre ?? 0;
    return [row.providerSubscriptionId, row.firstPaidAt === null ? 0 : amount] as const;
  });
  const last = Math.max(...received.values());
  return {
    right: withdrawalRight(contracts, { now, timeZone: deps.settings.quotaTimezone }),
    user: { name: user.name, email: user.email },
    latest: made.filter((one) => one.receivedAt.getTime() === last),
    paidOre: new Map(paidOre),
  };
}
