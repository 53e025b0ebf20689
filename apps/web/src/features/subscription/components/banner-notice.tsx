import { Link } from "@tanstack/react-router";
import { buttonLook } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { formats } from "../../../lib/format.ts";
import { bannerTexts as texts } from "../../../texts/billing.ts";
import type { Banner } from "../banner.ts";
import { useBilling } from "../hooks.ts";
import { owes, type Standing } from "../standing.ts";
import { OwedActions } from "./owed-actions.tsx";
import { TrialEndsNotice } from "./trial-ends-notice.tsx";

interface BannerNoticeProps {
  banner: Banner;
  standing: Standing;
  /** Puts the reminder of a trial's end away. */
  onDismiss: (until: string) => void;
}

/** What a banner says; loaded only when there is one. */
export function BannerNotice({ banner, standing, onDismiss }: BannerNoticeProps) {
  const { data: billing } = useBilling(owes(standing));
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
      return <TrialEndsNotice until={until} charge={charge} onDismiss={() => onDismiss(until)} />;
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
