import { daysUntil, type Formats } from "../../lib/format.ts";
import { dayCount } from "../../texts/counts.ts";
import { subscriptionDetails } from "../../texts/subscription-details.ts";
import type { Standing } from "./standing.ts";

const texts = subscriptionDetails.card;

export interface PlanWords {
  /** The plan in one line. */
  headline: string;
  /** What it means and what to press; null when the line says all. */
  note: string | null;
  /** "3 days left", in a trial. */
  left: string | null;
}

/** What the words are made with. */
export interface Wording {
  formats: Formats;
  /** Epoch ms. */
  now: number;
  /** Of the offer; null while it cannot be asked: then amounts are left out, never guessed. */
  currency: string | null;
  /** What is open, already written; null when that is not known. */
  owed: string | null;
  /** No card is on file: a trial ends without a charge (requirements R2). */
  cardless: boolean;
}

/** The plan in words (requirements R31). */
export function planInWords(standing: Standing, wording: Wording): PlanWords {
  const { formats, now, currency, owed, cardless } = wording;
  const only = (headline: string, note: string | null = null): PlanWords => ({ headline, note, left: null });
  const price = (charge: { ore: number } | null): string | null =>
    charge && currency !== null ? formats.money(charge.ore, currency) : null;
  const left = (until: string) => texts.daysLeft(dayCount(daysUntil(until, now)));
  switch (standing.kind) {
    case "free":
      return only(texts.free, texts.freeDetail);
    case "ended":
      return only(texts.ended, texts.endedNote);
    case "expired":
      return only(texts.expired, texts.expiredNote);
    case "withdrawn":
      return only(texts.withdrawn, standing.over ? null : texts.withdrawnNote);
    case "pending":
      return only(texts.pending, texts.pendingNote);
    case "trial": {
      const date = formats.date(standing.until);
      if (cardless) {
        return { headline: texts.trialEnding(date), note: texts.trialCardless, left: left(standing.until) };
      }
      const then = price(standing.charge);
      const headline = then === null ? texts.trialNoPrice(date) : texts.trial(date, then);
      return { headline, note: null, left: left(standing.until) };
    }
    case "trial-ending": {
      const date = formats.date(standing.until);
      return {
        headline: texts.trialEnding(date),
        note: texts.trialEndingNote(date),
        left: left(standing.until),
      };
    }
    case "active": {
      const each = price(standing.charge);
      return only(each === null ? texts.activeNoPrice : texts.active(each));
    }
    case "ending": {
      const date = formats.date(standing.until);
      return only(texts.ending(date), texts.endingNote(date));
    }
    case "past-due": {
      const what = texts.pastDueWhat(owed);
      if (standing.until === null) return only(texts.pastDueOver, `${what} ${texts.pastDueOverNote}`);
      const date = formats.date(standing.until);
      const note = standing.ending ? texts.pastDueEndingNote(date) : texts.pastDueNote(date);
      return only(texts.pastDue, `${what} ${note}`);
    }
    case "unpaid":
      return only(texts.unpaid, texts.unpaidNote(owed));
    case "paused":
      return only(texts.paused, owed !== null || cardless ? texts.pausedOwingNote : texts.pausedNote);
    case "incomplete":
      return only(texts.incomplete, texts.incompleteNote);
    case "unknown":
      return only(texts.unknown, texts.unknownNote);
  }
}
