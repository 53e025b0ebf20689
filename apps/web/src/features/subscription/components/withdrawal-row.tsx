import { Link } from "@tanstack/react-router";
import { formats } from "../../../lib/format.ts";
import { legalTexts } from "../../../texts/legal/links.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";
import type { Withdrawal } from "../types.ts";
import { lastDayOf } from "../withdrawal-days.ts";

const texts = subscriptionDetails.card;
const LINK =
  "inline-flex min-h-11 items-center font-medium text-accent underline-offset-4 hover:underline sm:-my-2.5";

/** The right to withdraw, as long as there is one, and what became of it (Directive (EU) 2023/2673). */
export function withdrawalRow(withdrawal: Withdrawal | undefined) {
  const words = wordsOf(withdrawal);
  if (!words) return [];
  const value = (
    <span className="flex flex-wrap items-center gap-x-4">
      {words.says}
      <Link to="/withdraw" className={LINK}>
        {words.link}
      </Link>
    </span>
  );
  return [{ name: texts.withdrawal, value }];
}

function wordsOf(withdrawal: Withdrawal | undefined): { says: string; link: string } | null {
  if (withdrawal?.state === "possible" && withdrawal.contract) {
    const until = formats.date(lastDayOf(withdrawal.contract.until));
    return { says: texts.withdrawalUntil(until), link: legalTexts.withdraw };
  }
  if (withdrawal?.state === "received" && withdrawal.received_at) {
    const date = formats.date(withdrawal.received_at);
    return { says: texts.withdrawalReceived(date), link: texts.withdrawalSee };
  }
  return null;
}
