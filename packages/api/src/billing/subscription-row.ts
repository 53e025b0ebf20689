import { isKnownStatus } from "@liveassist/shared/subscription";
import type { SubscriptionSnapshot } from "../stripe-port.ts";
import type { Observation } from "./ask-about-customer.ts";
import type { SubscriptionRow } from "./load-facts.ts";

interface RowInput {
  readonly snapshot: SubscriptionSnapshot;
  readonly old: SubscriptionRow | undefined;
  readonly userId: string;
  readonly observed: Observation;
}

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** The row of one observed subscription; facts that never become untrue are carried over from the old row. */
export function toSubscriptionRow({ snapshot, old, userId, observed }: RowInput) {
  const known = isKnownStatus(snapshot.status);
  const own = observed.invoices?.filter((invoice) => invoice.subscriptionId === snapshot.id);
  const paid = own?.filter((invoice) => invoice.status === "paid" && invoice.amountPaid > 0) ?? [];
  const open = own?.filter((invoice) => invoice.status === "open").map((invoice) => invoice.createdAt);
  const firstPaid = paid.length > 0 ? Math.min(...paid.map((one) => one.paidAt ?? one.createdAt)) : null;
  return {
    providerSubscriptionId: snapshot.id,
    userId,
    customerId: observed.customerId,
    status: snapshot.status,
    knownStatus: known ? snapshot.status : (old?.knownStatus ?? null),
    items: [...snapshot.items],
    trialStartedAt: date(snapshot.trialStart),
    // An unknown status may come with periods that mean something else: what was granted ends when it was to end (R9).
    trialEndsAt: known || !old ? date(snapshot.trialEnd) : old.trialEndsAt,
    periodStart: date(snapshot.periodStart),
    paidUntil: known || !old ? date(snapshot.periodEnd) : old.paidUntil,
    cancelAt: date(snapshot.cancelAt),
    cancelAtPeriodEnd: snapshot.cancelAtPeriodEnd,
    endedAt: date(snapshot.endedAt),
    firstPaidAt: old?.firstPaidAt ?? date(firstPaid),
    openInvoiceAt: open ? date(open.length > 0 ? Math.min(...open) : null) : (old?.openInvoiceAt ?? null),
    stripeCreatedAt: new Date(snapshot.createdAt),
    observedSeq: observed.seq,
    observedAt: new Date(observed.at),
  } satisfies Omit<SubscriptionRow, "plan">;
}
