import { cardBehaviour, type Decline } from "./test-cards.ts";

/** What came of using a card. */
export type Verdict = { kind: "ok" } | { kind: "challenge" } | { kind: "declined"; decline: Decline };

/** How a card is used: saved or charged, and after which challenges. */
export interface CardUse {
  charge: boolean;
  /** A challenge was passed for this very payment. */
  challengePassed: boolean;
  /** A challenge was passed when the card was saved. */
  authenticatedBefore: boolean;
}

/** The whole decision about one use of a card. */
export function judgeCard(number: string, use: CardUse): Verdict {
  const card = cardBehaviour(number);
  if (card.refused !== undefined) return { kind: "declined", decline: card.refused };
  const open =
    card.authentication === "always" || (card.authentication === "first" && !use.authenticatedBefore);
  if (open && !use.challengePassed) return { kind: "challenge" };
  if (!use.charge) return { kind: "ok" };
  const decline = card.chargeRefused ?? card.refusedAfterChallenge;
  return decline === undefined ? { kind: "ok" } : { kind: "declined", decline };
}
