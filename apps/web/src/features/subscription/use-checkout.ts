import { useState } from "react";
import type { Failure } from "../../lib/failure.ts";
import { formats } from "../../lib/format.ts";
import { trpc } from "../../lib/trpc.ts";
import { subscriptionDetails } from "../../texts/subscription-details.ts";
import { rememberPlace } from "./checkout-place.ts";
import { usePostPayment } from "./hooks.ts";
import type { Offer } from "./types.ts";
import { useLeaveFor } from "./use-leave-for.ts";

/** Refusals that have an answer of their own in the dialog. */
type Refusal = "ALREADY_SUBSCRIBED" | "PAYMENT_NEEDS_ATTENTION" | "TRIAL_USED";

const REFUSALS: readonly string[] = [
  "ALREADY_SUBSCRIBED",
  "PAYMENT_NEEDS_ATTENTION",
  "TRIAL_USED",
] satisfies Refusal[];

const refusalOf = (failure: Failure | null): Refusal | null =>
  failure && REFUSALS.includes(failure.code) ? (failure.code as Refusal) : null;

/** Choosing how to start and going to the payment page; a refusal brings the screen up to date. */
export function useCheckout(offer: Offer | undefined) {
  const { client } = trpc.useUtils();
  const { invalidateSubscription, refreshSubscription } = usePostPayment();
  const [wanted, setWanted] = useState<"trial" | "pay">("trial");
  const trial = offer?.trial_available === true && wanted === "trial";
  const catchUp = (failure: Failure) => {
    const refusal = refusalOf(failure);
    if (refusal === "TRIAL_USED") void invalidateSubscription();
    else if (refusal !== null) refreshSubscription().catch(() => undefined);
  };
  const open = () => {
    rememberPlace(location.pathname);
    return client.subscription.createCheckout.mutate({ trial });
  };
  const leaving = useLeaveFor(open, catchUp);
  const refusal = refusalOf(leaving.failure);
  return {
    trial,
    choose: (withTrial: boolean) => setWanted(withTrial ? "trial" : "pay"),
    go: leaving.go,
    busy: leaving.busy,
    refusal,
    failure: refusal === null ? leaving.failure : null,
    obligation: offer ? obligationOf(offer, trial) : "",
  };
}

/** The button's words: what one owes by pressing it. */
function obligationOf(offer: Offer, trial: boolean): string {
  const price = formats.money(offer.amount_ore, offer.currency);
  const { startTrial, payNow } = subscriptionDetails.upgrade;
  return trial ? startTrial(offer.trial_days, price) : payNow(price);
}
