import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { formats } from "../../../lib/format.ts";
import { failureText } from "../../../texts/failures.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";
import { useAction, useOffer } from "../hooks.ts";
import { hasPortal, mayCancel, mayUpgrade, type Standing } from "../standing.ts";
import { prepareUpgrade, useSubscription } from "../subscription-context.tsx";
import type { Status } from "../types.ts";
import { CancelDialog } from "./cancel-dialog.tsx";
import { PortalButton } from "./portal-button.tsx";

const texts = subscriptionTexts.card;

/** What can be pressed in a state: the one that matters first, the one that ends things last. */
export function StandingActions({ status, standing }: { status: Status; standing: Standing }) {
  const [ending, setEnding] = useState(false);
  const resume = useAction("resume");
  const scheduled = standing.kind === "ending" || standing.kind === "trial-ending";
  if (standing.kind === "pending") return null;
  return (
    <div className="mt-6">
      {mayUpgrade(standing) ? <Offer /> : null}
      <div className="flex flex-col gap-2 empty:hidden sm:flex-row sm:flex-wrap">
        {scheduled ? (
          <Button busy={resume.busy} onClick={resume.run}>
            {resume.busy ? texts.resuming : texts.resume}
          </Button>
        ) : null}
        {hasPortal(standing) ? <PortalButton {...portalLook(standing)} /> : null}
        {mayCancel(standing) ? (
          <Button look="quiet" onClick={() => setEnding(true)}>
            {standing.kind === "trial" ? texts.cancelTrial : texts.cancel}
          </Button>
        ) : null}
      </div>
      {resume.failure ? (
        <div className="mt-3">
          <Notice tone="problem" title={failureText(resume.failure).title}>
            {failureText(resume.failure).text}
          </Notice>
        </div>
      ) : null}
      {ending ? (
        <CancelDialog status={status} trial={standing.kind === "trial"} onClose={() => setEnding(false)} />
      ) : null}
    </div>
  );
}

function portalLook(standing: Standing): { look: "primary" | "secondary"; label: string } {
  switch (standing.kind) {
    case "past-due":
      return { look: "primary", label: texts.updateCard };
    case "unpaid":
    case "paused":
    case "incomplete":
      return { look: "primary", label: texts.openPayment };
    default:
      return { look: "secondary", label: texts.manage };
  }
}

function Offer() {
  const { openUpgrade } = useSubscription();
  const { data } = useOffer(true);
  const price = data && formats.money(data.amount_ore, data.currency);
  return (
    <div className="mb-4 last:mb-0">
      <Button
        className="max-sm:w-full"
        onClick={openUpgrade}
        onPointerEnter={prepareUpgrade}
        onFocus={prepareUpgrade}
      >
        {subscriptionTexts.enable}
      </Button>
      {data && price ? (
        <p className="mt-2 text-small text-muted">
          {data.trial_available
            ? subscriptionTexts.trialOffer(data.trial_days, price)
            : subscriptionTexts.plainOffer(price)}
        </p>
      ) : (
        <Skeleton className="mt-2.5 h-4 w-56" />
      )}
    </div>
  );
}
