import { Button } from "../../../components/button.tsx";
import { Modal } from "../../../components/modal.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";
import { useOffer } from "../hooks.ts";
import { useCheckout } from "../use-checkout.ts";
import { OfferSummary } from "./offer-summary.tsx";
import { PortalButton } from "./portal-button.tsx";
import { StartChoice } from "./start-choice.tsx";
import { TermsLine } from "./terms-line.tsx";

const texts = subscriptionDetails.upgrade;

/** The summary before the payment page: what it costs, when, and how to stop; nothing is bought by opening it. */
export function UpgradeDialog({ onClose }: { onClose: () => void }) {
  const { data: offer, error, refetch } = useOffer(true);
  const checkout = useCheckout(offer);
  if (checkout.refusal === "ALREADY_SUBSCRIBED") {
    return (
      <Modal open onClose={onClose} title={texts.alreadyTitle} description={texts.alreadyText}>
        <Button wide onClick={onClose}>
          {texts.done}
        </Button>
      </Modal>
    );
  }
  if (checkout.refusal === "PAYMENT_NEEDS_ATTENTION") {
    return (
      <Modal open onClose={onClose} title={texts.attentionTitle} description={texts.attentionText}>
        <PortalButton look="primary" label={texts.openPortal} wide />
      </Modal>
    );
  }
  const failed = error ? failureText(failureOf(error)) : null;
  return (
    <Modal open onClose={onClose} title={texts.title}>
      {failed && !offer ? (
        <Notice
          tone="problem"
          title={failed.title}
          actions={<Button onClick={() => void refetch()}>{words.retry}</Button>}
        >
          {failed.text}
        </Notice>
      ) : null}
      {!offer && !failed ? <Skeleton className="h-96 w-full" /> : null}
      {offer ? (
        <div className="grid gap-4 sm:gap-5">
          {checkout.refusal === "TRIAL_USED" ? <Notice tone="calm" title={texts.trialUsed} /> : null}
          {offer.trial_available ? (
            <StartChoice offer={offer} trial={checkout.trial} choose={checkout.choose} />
          ) : null}
          <OfferSummary offer={offer} trial={checkout.trial} />
          <div className="sticky -bottom-5 -mb-5 bg-surface pt-2 pb-3 sm:static sm:m-0 sm:p-0">
            {checkout.failure ? (
              <div className="mb-3">
                <Notice tone="problem" title={failureText(checkout.failure).title}>
                  {failureText(checkout.failure).text}
                </Notice>
              </div>
            ) : null}
            <Button wide busy={checkout.busy} onClick={checkout.go}>
              {checkout.busy ? texts.busy : checkout.obligation}
            </Button>
            <p className="mt-2 text-center text-small text-muted">{texts.card}</p>
            <TermsLine />
          </div>
        </div>
      ) : null}
    </Modal>
  );
}
