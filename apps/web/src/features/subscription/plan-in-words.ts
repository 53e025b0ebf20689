import { daysUntil, type Formats } from "../../lib/format.ts";
import { subscriptionTexts } from "../../texts/subscription.ts";
import type { Standing } from "./standing.ts";

const texts = subscriptionTexts.card;

export interface PlanWords {
  /** The plan in one line. */
  headline: string;
  /** What it means and what to press; null when the line says all. */
  note: string | null;
  /** "3 days left", in a trial. */
  left: string | null;
}

/** The plan in words (requirements R31). `now` in epoch ms; the price stands in the currency of the offer. */
export function planInWords(standing: Standing, formats: Formats, now: number): PlanWords {
  const only = (headline: string, note: string | null = null): PlanWords => ({ headline, note, left: null });
  const price = (ore: number) => formats.money(ore, "SEK");
  switch (standing.kind) {
    case "free":
      return only(texts.free, texts.freeDetail);
    case "ended":
      return only(texts.ended);
    case "pending":
      return only(texts.pending, texts.pendingNote);
    case "trial": {
      const date = formats.date(standing.until);
      const headline = standing.charge
        ? texts.trial(date, price(standing.charge.ore))
        : texts.trialNoPrice(date);
      return { headline, note: null, left: texts.daysLeft(daysUntil(standing.until, now)) };
    }
    case "trial-ending": {
      const date = formats.date(standing.until);
      const left = texts.daysLeft(daysUntil(standing.until, now));
      return { headline: texts.trialEnding(date), note: texts.endingNote(date), left };
    }
    case "active":
      return only(standing.charge ? texts.active(price(standing.charge.ore)) : texts.activeNoPrice);
    case "ending": {
      const date = formats.date(standing.until);
      return only(texts.ending(date), texts.endingNote(date));
    }
    case "past-due":
      if (standing.until === null) return only(texts.pastDueOver, texts.pastDueOverNote);
      return only(texts.pastDue, texts.pastDueNote(formats.date(standing.until)));
    case "unpaid":
      return only(texts.unpaid, texts.unpaidNote);
    case "paused":
      return only(texts.paused, texts.pausedNote);
    case "incomplete":
      return only(texts.incomplete, texts.incompleteNote);
    case "unknown":
      return only(texts.unknown, texts.unknownNote);
  }
}
