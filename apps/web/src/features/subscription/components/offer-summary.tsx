import { DetailList } from "../../../components/detail-list.tsx";
import { formats } from "../../../lib/format.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";
import type { Offer } from "../types.ts";

const texts = subscriptionDetails.upgrade;

/** Price, trial, first charge and how to cancel, before anybody leaves for the payment page. */
export function OfferSummary({ offer, trial }: { offer: Offer; trial: boolean }) {
  const price = formats.money(offer.amount_ore, offer.currency);
  const trialEnd = formats.date(offer.trial_first_charge_at);
  return (
    <DetailList
      details={[
        { name: texts.price, value: texts.priceText(price) },
        ...(trial ? [{ name: texts.trial, value: texts.trialText(offer.trial_days, trialEnd) }] : []),
        {
          name: texts.firstCharge,
          value: trial ? texts.chargeText(price, trialEnd) : texts.chargeToday(price),
        },
        { name: texts.cancel, value: trial ? texts.cancelTrial : texts.cancelPaid },
      ]}
    />
  );
}
