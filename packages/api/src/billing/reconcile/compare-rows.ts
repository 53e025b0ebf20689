import { isOver } from "@liveassist/shared/subscription";
import type { SubscriptionRow } from "../load-facts.ts";

/** Why a stored subscription differs from Stripe's. */
export type RowCause =
  | "missing_here"
  | "status"
  | "period"
  | "trial"
  | "cancel"
  | "payment_unseen"
  | "open_invoice"
  | "price";

/** Every cause of a drift there is. */
export type DriftCause = RowCause | "customer_unbound" | "lost_at_stripe" | "plan_copy";

type Compared = Exclude<keyof SubscriptionRow, "items" | "plan" | "observedAt" | "observedSeq">;

/** The first that differs names the drift; what follows from it differs with it. */
const FIELDS: readonly (readonly [Compared, RowCause])[] = [
  ["status", "status"],
  ["trialStartedAt", "trial"],
  ["trialEndsAt", "trial"],
  ["periodStart", "period"],
  ["paidUntil", "period"],
  ["cancelAt", "cancel"],
  ["cancelAtPeriodEnd", "cancel"],
  ["firstPaidAt", "payment_unseen"],
  ["openInvoiceAt", "open_invoice"],
];

export interface Difference {
  readonly cause: RowCause;
  readonly fields: readonly string[];
}

const plain = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);

const itemsOf = ({ items }: SubscriptionRow): string =>
  JSON.stringify(items.map(({ price, product, unitAmount }) => [price, product, unitAmount]).sort());

/** How a stored row differs from what Stripe's answer would make of it; null: not at all. `undefined`: we have none. */
export function compareRows(stored: SubscriptionRow | undefined, next: SubscriptionRow): Difference | null {
  if (!stored) return { cause: "missing_here", fields: [] };
  // Over is over: nothing of it can change any more (stripe-facts §3).
  if (isOver(stored.status) && stored.status === next.status) return null;
  const differing = FIELDS.filter(([field]) => plain(stored[field]) !== plain(next[field]));
  const isOtherPrice = itemsOf(stored) !== itemsOf(next);
  const cause = differing[0]?.[1] ?? (isOtherPrice ? "price" : null);
  if (cause === null) return null;
  return { cause, fields: [...differing.map(([field]) => field), ...(isOtherPrice ? ["items"] : [])] };
}
