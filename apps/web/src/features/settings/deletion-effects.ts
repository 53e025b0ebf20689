import type { Formats } from "../../lib/format.ts";
import { settingsTexts } from "../../texts/settings.ts";
import { hasPortal, mayUpgrade, type Standing } from "../subscription/standing.ts";
import type { Withdrawal } from "../subscription/types.ts";
import { lastDayOf } from "../subscription/withdrawal-days.ts";

const { effects } = settingsTexts.deleteAccount;

export interface Deletion {
  /** What deleting brings about, in sentences. */
  effects: string[];
  /** Money would be lost: withdrawing first is the better way. Null when there is nothing to withdraw from. */
  withdrawFirst: string | null;
}

interface DeletionFacts {
  standing: Standing | null;
  /** ISO; until when Premium is paid for or tried. */
  premiumUntil: string | null;
  withdrawal: Withdrawal | undefined;
}

/** What somebody has to know before they delete their account (issue 3, point 5). */
export function deletionOf(
  { standing, premiumUntil, withdrawal }: DeletionFacts,
  formats: Formats,
): Deletion {
  const live = standing !== null && hasPortal(standing) && !mayUpgrade(standing);
  const bought = standing !== null && hasPortal(standing);
  const until = withdrawal?.state === "possible" ? withdrawal.contract?.until : undefined;
  return {
    effects: [
      ...(live ? [effects.subscription] : []),
      ...(live && premiumUntil ? [effects.paidFor(formats.date(premiumUntil))] : []),
      effects.data,
      ...(bought ? [effects.books] : []),
    ],
    withdrawFirst: until ? effects.withdraw(formats.date(lastDayOf(until))) : null,
  };
}
