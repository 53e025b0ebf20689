import type Stripe from "stripe";
import { itemsAfter, type PriceChange, startsAnew } from "../billing/change-price.ts";
import type { Attempt } from "../billing/collect-invoice.ts";
import { endTrialNow } from "../billing/end-trial-now.ts";
import { settleChange, type UpdateBehaviour } from "../billing/settle-change.ts";
import { announceTrialEnd } from "../billing/turn-subscription.ts";
import { badState, StripeError } from "../http/errors.ts";
import type { Call } from "../http/route.ts";
import type { CHANGED_ITEM } from "./price-change.ts";
import { itemsWithDiscounts } from "./subscription-discounts.ts";

/** Settles what a change costs; a payment that fails can be an error, which takes everything back. */
export function carryOut(
  { world }: Call,
  before: Stripe.Subscription,
  how: { change: PriceChange; after: Stripe.Subscription; behaviour: UpdateBehaviour | null | undefined },
): void {
  const behaviour = how.behaviour ?? "allow_incomplete";
  const attempt = settleChange(world, before, { ...how, behaviour });
  if (behaviour === "error_if_incomplete" && attempt !== null) refuseUnpaid(attempt);
}

/** Ends a trial that was told to end now; a payment that fails can be an error here, too. */
export function carryOutTrialEnd(
  { world }: Call,
  subscription: Stripe.Subscription,
  behaviour: UpdateBehaviour | null | undefined,
): void {
  announceTrialEnd(world, subscription);
  const attempt = endTrialNow(world, subscription, behaviour ?? "allow_incomplete");
  if (behaviour === "error_if_incomplete" && attempt !== null) refuseUnpaid(attempt);
}

/** The error of `error_if_incomplete`: nothing of the call stays. */
export function refuseUnpaid(attempt: Attempt): void {
  if (attempt.kind === "declined") {
    const { code, message, declineCode } = attempt.decline;
    const decline = declineCode === null ? {} : { decline_code: declineCode };
    throw new StripeError(402, { type: "card_error", code, message, ...decline });
  }
  if (attempt.kind === "challenge")
    throw new StripeError(402, {
      type: "card_error",
      code: "subscription_payment_intent_requires_action",
      message:
        "Payment for this subscription requires additional user action before it can be completed successfully.",
    });
  if (attempt.kind === "no_payment_method") throw badState(NO_METHOD, { code: "resource_missing" });
}

export const NO_METHOD =
  "This customer has no attached payment source or default payment method. Please consider adding a default payment method.";

/** What a change of items, anchor or trial writes. */
export function changePatch(
  { world }: Call,
  before: Stripe.Subscription,
  { sent, ...change }: PriceChange & { sent: ReturnType<typeof CHANGED_ITEM>[] },
): Partial<Stripe.Subscription> {
  const known = before.items.data;
  const changed = { ...before, items: itemsAfter(world, before, change) };
  const items = itemsWithDiscounts(world, changed, { sent, known });
  if (change.trialEnd === null)
    return { items, ...(startsAnew(before, change) && { billing_cycle_anchor: world.now() }) };
  const trial = { status: "trialing", trial_start: world.now(), trial_end: change.trialEnd } as const;
  return { items, billing_cycle_anchor: change.trialEnd, ...trial };
}
