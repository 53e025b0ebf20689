import { Link } from "@tanstack/react-router";
import { buttonLook } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { formats } from "../../../lib/format.ts";
import { bannerTexts as texts } from "../../../texts/billing.ts";
import { isCardless, mayBeCardless } from "../card-on-file.ts";
import { useBilling, useOffer } from "../hooks.ts";

interface TrialEndsNoticeProps {
  until: string;
  charge: { at: string; ore: number } | null;
  onDismiss: () => void;
}

/** The reminder before a trial becomes paid: when, how much, and how not to. */
export function TrialEndsNotice({ until, charge, onDismiss }: TrialEndsNoticeProps) {
  const { data: offer, isPending } = useOffer(true);
  const { data: billing } = useBilling(mayBeCardless(offer));
  // Without the offer the amount has no currency: a moment later it is complete, and is not spoken twice.
  if (isPending) return null;
  const text = isCardless(billing)
    ? texts.trialCardless
    : charge && offer
      ? texts.trialText(formats.money(charge.ore, offer.currency))
      : texts.trialNoPrice;
  return (
    <Notice
      tone="calm"
      live={false}
      title={texts.trialEnds(formats.date(until))}
      dismiss={{ label: texts.dismissTrial, onPress: onDismiss }}
      actions={
        <Link to="/settings" className={buttonLook("secondary")}>
          {texts.settings}
        </Link>
      }
    >
      {text}
    </Notice>
  );
}
