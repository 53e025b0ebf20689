import type { Tx } from "@liveassist/db";
import { activations } from "@liveassist/db/schema";
import { sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

export type Activation = typeof activations.$inferSelect;

/** A subscription that gives Premium now and did not before. */
export interface DueActivation {
  readonly subscriptionId: string;
  readonly customerId: string;
  readonly plan: "trial" | "paid";
  /** Stripe's word, whole seconds: when it was paid or its trial began. */
  readonly paidAt: Date;
}

/** What one payment makes, Stripe writes down within so long, in whole seconds and in any order. */
const TOGETHER_MS = 5_000;

interface Recording {
  readonly userId: string;
  readonly due: readonly DueActivation[];
}

/**
 * Writes down, in the sync's transaction, the first time a subscription gave Premium (requirements R33). One statement, and
 * none when nothing is due; a subscription that gave it before is left as it is. Answers what is new.
 */
export async function recordActivations(
  { clock }: Pick<Deps, "clock">,
  tx: Tx,
  { userId, due }: Recording,
): Promise<Activation[]> {
  if (due.length === 0) return [];
  const activatedAt = new Date(clock.now());
  const committedAt = new Date(clock.wall());
  return tx
    .insert(activations)
    .values(
      due.map(({ subscriptionId, customerId, plan, paidAt }) => ({
        subscriptionId,
        userId,
        plan,
        paidAt,
        activatedAt,
        // By the customer's index: nobody has many events. Those from before the payment do not tell of it: a card may be
        // confirmed for minutes, and a bank transfer for days.
        receivedAt: sql`(select min(received_at) from webhook_events
          where customer_id = ${customerId} and subscription_id = ${subscriptionId}
            and stripe_created_at >= ${new Date(paidAt.getTime() - TOGETHER_MS).toISOString()})`,
        committedAt,
      })),
    )
    .onConflictDoNothing()
    .returning();
}

/**
 * How long somebody waited, in seconds: since Stripe's moment, and since we first heard of it (null: nothing had come, the
 * return page was faster). Stripe cuts its times to whole seconds, so the first is up to a second too long and never too
 * short; a clock of ours that is behind Stripe's would make it negative, which counts as 0.
 */
export function waitOf({ paidAt, activatedAt, receivedAt, committedAt }: Activation): {
  readonly sincePaid: number;
  readonly sinceReceipt: number | null;
} {
  return {
    sincePaid: secondsFrom(paidAt, activatedAt),
    sinceReceipt: receivedAt === null ? null : secondsFrom(receivedAt, committedAt),
  };
}

/** Measures what was recorded; after the commit, so that nothing is measured that never was. */
export function measureActivations(
  { metrics }: Pick<Deps, "metrics">,
  recorded: readonly Activation[],
): void {
  for (const activation of recorded) {
    const { sincePaid, sinceReceipt } = waitOf(activation);
    metrics.observe("liveassist_activation_seconds", sincePaid);
    if (sinceReceipt !== null) metrics.observe("liveassist_receipt_seconds", sinceReceipt);
  }
}

const secondsFrom = (from: Date, to: Date): number => Math.max(0, to.getTime() - from.getTime()) / 1000;
