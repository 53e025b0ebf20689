import { type Refund, StripeError } from "@liveassist/api";
import Stripe from "stripe";
import { call } from "./stripe-call.ts";

/** Stripe keeps a 5xx under its idempotency key for a day (stripe-facts §7): so many fresh keys are tried meanwhile. */
const MOST_KEYS = 5;
/** Under this name a refund carries the key it was made with: it is found by it long after Stripe forgot the key. */
const MARK = "idempotency_key";

type Target = { readonly payment_intent: string } | { readonly charge: string };

/**
 * Gives back what is left of the last payment of a subscription, once per key however often it is called; null: nothing was
 * ever paid. What others gave back before counts as given. Ends in `StripeError rejected` when Stripe never will.
 */
export async function refundLastPayment(
  stripe: Stripe,
  subscription: string,
  key: string,
): Promise<Refund | null> {
  const paid = await call(() =>
    stripe.invoices.list({ subscription, status: "paid", limit: 100 }).autoPagingToArray({ limit: 1_000 }),
  );
  const [last] = paid.filter((one) => one.amount_paid > 0).sort((a, b) => paidAt(b) - paidAt(a));
  if (!last) return null;
  const refunds: Stripe.Refund[] = [];
  for (const target of await targetsOf(stripe, last.id))
    refunds.push(...(await giveBack(stripe, target, key)));
  const [first] = refunds;
  if (!first) throw new StripeError("rejected", `Stripe: ${last.id} was paid by nothing to refund`, null);
  const amountOre = refunds.reduce((sum, one) => sum + one.amount, 0);
  return { refundId: first.id, amountOre, currency: first.currency };
}

const paidAt = (invoice: Stripe.Invoice): number => invoice.status_transitions?.paid_at ?? invoice.created;

/** What paid an invoice: usually one payment, several since partial payments exist (stripe-facts, basil). */
async function targetsOf(stripe: Stripe, invoice: string): Promise<Target[]> {
  const payments = await call(() =>
    stripe.invoicePayments.list({ invoice, status: "paid", limit: 100 }).autoPagingToArray({ limit: 1_000 }),
  );
  return payments.flatMap(({ payment }): Target[] => {
    const intent = idOf(payment.payment_intent);
    const charge = idOf(payment.charge);
    return intent ? [{ payment_intent: intent }] : charge ? [{ charge }] : [];
  });
}

const idOf = (named: string | { readonly id: string } | null | undefined): string | undefined =>
  typeof named === "string" ? named : named?.id;

/** Refunds what is left of one payment. Without an amount Stripe itself never gives back more than was paid. */
async function giveBack(stripe: Stripe, target: Target, key: string): Promise<Stripe.Refund[]> {
  for (let turn = 0; turn < MOST_KEYS; turn++) {
    const known = await refundsOf(stripe, target);
    const ours = known.filter((one) => one.metadata?.[MARK] === key);
    if (ours.length > 0) return ours;
    const id = "charge" in target ? target.charge : target.payment_intent;
    const idempotencyKey = `${key}:${id}${turn === 0 ? "" : `:${turn}`}`;
    try {
      const made = await call(() =>
        stripe.refunds.create({ ...target, metadata: { [MARK]: key } }, { idempotencyKey }),
      );
      if (hasFailed(made))
        throw new StripeError("rejected", `Stripe: refund ${made.id} ${made.status}`, null);
      return [made];
    } catch (error) {
      if (codeOf(error) === "charge_already_refunded") return refundsOf(stripe, target);
      if (!isKeptFailure(error)) throw error;
    }
  }
  throw new StripeError("unavailable", "Stripe: a refund failed under each of its keys", null);
}

async function refundsOf(stripe: Stripe, target: Target): Promise<Stripe.Refund[]> {
  const all = await call(() =>
    stripe.refunds.list({ ...target, limit: 100 }).autoPagingToArray({ limit: 1_000 }),
  );
  return all.filter((one) => !hasFailed(one));
}

const hasFailed = ({ status }: Stripe.Refund): boolean => status === "failed" || status === "canceled";

const causeOf = (error: unknown): Stripe.errors.StripeError | null =>
  error instanceof StripeError && error.cause instanceof Stripe.errors.StripeError ? error.cause : null;

const codeOf = (error: unknown): string | undefined => causeOf(error)?.code;

/** An earlier 5xx told again: under this key Stripe will not try any more. */
function isKeptFailure(error: unknown): boolean {
  const cause = causeOf(error);
  return (cause?.statusCode ?? 0) >= 500 && cause?.headers?.["idempotent-replayed"] === "true";
}
