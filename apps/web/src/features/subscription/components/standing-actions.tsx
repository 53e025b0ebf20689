import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { failureText } from "../../../texts/failures.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";
import { isCardless } from "../card-on-file.ts";
import { useAction } from "../hooks.ts";
import { mayCancel, mayResume, mayUpgrade, owes, type Standing } from "../standing.ts";
import type { Billing, Status } from "../types.ts";
import { useFocusHandover } from "../use-focus-handover.ts";
import { CancelDialog } from "./cancel-dialog.tsx";
import { OwedActions } from "./owed-actions.tsx";
import { PortalButton } from "./portal-button.tsx";
import { UpgradeOffer } from "./upgrade-offer.tsx";

const texts = subscriptionDetails.card;

interface StandingActionsProps {
  status: Status;
  standing: Standing;
  billing: Billing | undefined;
}

/** What can be pressed in a state: the one that matters first, the one that ends things last. */
export function StandingActions({ status, standing, billing }: StandingActionsProps) {
  const [ending, setEnding] = useState(false);
  const resume = useAction("resume");
  const focus = useFocusHandover(standing.kind, ending);
  if (standing.kind === "pending") return null;
  // A pause goes on only with a card, and once nothing is open.
  const blocked = standing.kind === "paused" && (billing?.open_invoice != null || isCardless(billing));
  const owing = owes(standing) || blocked;
  return (
    <div ref={focus.box} className="mt-6 empty:hidden">
      {mayUpgrade(standing) ? <UpgradeOffer /> : null}
      <div className="flex flex-col gap-2 empty:hidden sm:flex-row sm:flex-wrap">
        {owing ? <OwedActions standing={standing} billing={billing} /> : null}
        {mayResume(standing) ? (
          <Button
            look={owing ? "secondary" : "primary"}
            busy={resume.busy}
            onClick={() => {
              focus.onPress();
              resume.run();
            }}
          >
            {resume.busy ? texts.resuming : texts.resume}
          </Button>
        ) : null}
        {standing.kind === "unknown" ? <PortalButton look="secondary" label={texts.manage} /> : null}
        {mayCancel(standing) ? (
          <Button
            look="quiet"
            className="sm:first:-ml-4"
            onClick={() => {
              focus.onPress();
              setEnding(true);
            }}
          >
            {standing.kind === "trial" ? texts.cancelTrial : texts.cancel}
          </Button>
        ) : null}
      </div>
      {resume.failure ? (
        <div className="mt-3">
          {resume.failure.code === "PAYMENT_NEEDS_ATTENTION" ? (
            <Notice tone="attention" title={texts.resumeOwes}>
              {texts.resumeOwesText}
            </Notice>
          ) : (
            <Notice tone="problem" title={failureText(resume.failure).title}>
              {failureText(resume.failure).text}
            </Notice>
          )}
        </div>
      ) : null}
      {ending ? <CancelDialog status={status} standing={standing} onClose={() => setEnding(false)} /> : null}
    </div>
  );
}
