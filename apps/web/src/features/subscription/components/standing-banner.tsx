import { Link, useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { buttonLook } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { formats } from "../../../lib/format.ts";
import { readStored, writeStored } from "../../../lib/stored.ts";
import { useNow } from "../../../lib/use-now.ts";
import { bannerTexts as texts } from "../../../texts/billing.ts";
import { useUser } from "../../account/auth-context.tsx";
import { type Banner, bannerOf } from "../banner.ts";
import { useBilling } from "../hooks.ts";
import { knownNow } from "../known-now.ts";
import { owes } from "../standing.ts";
import { useSubscription } from "../subscription-context.tsx";
import { OwedActions } from "./owed-actions.tsx";
import { TrialEndsNotice } from "./trial-ends-notice.tsx";

/** Stands above every page while something about the subscription matters; the page that says it in full is spared. */
export function StandingBanner() {
  const { id } = useUser();
  const { status, standing, withdrawal } = useSubscription();
  const { pathname } = useLocation();
  const now = knownNow(useNow(60_000), status.data?.last_synced_at);
  const key = `liveassist.trial-notice.${id}`;
  const [dismissed, setDismissed] = useState(() => readStored(key));
  const banner = bannerOf({ standing, withdrawal, now, dismissed });
  const { data: billing } = useBilling(standing !== null && owes(standing));
  const spared = pathname === "/settings" ? banner?.kind !== "refund" : pathname === "/withdraw";
  return (
    <div role="status" className="empty:hidden">
      {banner && !spared ? <div className="mb-6">{notice()}</div> : null}
    </div>
  );

  function notice() {
    if (!banner || !standing) return null;
    switch (banner.kind) {
      case "past-due":
      case "unpaid":
      case "incomplete": {
        const { title, text } = owedWords(banner);
        const actions = <OwedActions standing={standing} billing={billing} />;
        return (
          <Notice tone="attention" live={false} title={title} actions={actions}>
            {text}
          </Notice>
        );
      }
      case "refund":
        return (
          <Notice
            tone="calm"
            live={false}
            title={texts.refund}
            actions={
              <Link to="/withdraw" className={buttonLook("secondary")}>
                {texts.withdrawal}
              </Link>
            }
          >
            {texts.refundText(formats.money(banner.amountOre, banner.currency))}
          </Notice>
        );
      case "trial-ends": {
        const { until, charge } = banner;
        const putAway = () => {
          writeStored(key, until);
          setDismissed(until);
        };
        return <TrialEndsNotice until={until} charge={charge} onDismiss={putAway} />;
      }
    }
  }
}

type Owed = Extract<Banner, { kind: "past-due" | "unpaid" | "incomplete" }>;

function owedWords(banner: Owed): { title: string; text: string } {
  if (banner.kind === "unpaid") return { title: texts.unpaid, text: texts.unpaidText };
  if (banner.kind === "incomplete") return { title: texts.incomplete, text: texts.incompleteText };
  if (banner.until === null) return { title: texts.pastDue, text: texts.pastDueOver };
  const date = formats.date(banner.until);
  return { title: texts.pastDue, text: banner.ending ? texts.pastDueEnding(date) : texts.pastDueText(date) };
}
