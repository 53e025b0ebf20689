import { AUTHENTICATION_REQUIRED, type Decline } from "./declines.ts";
import { cardBehaviour, type TestCard } from "./test-cards.ts";

/** What came of using a card; a bank account is still being debited. */
export type Verdict =
  | { kind: "ok" }
  | { kind: "processing" }
  | { kind: "challenge" }
  | { kind: "declined"; decline: Decline };

/** How a card is used: saved or charged, and after which challenges. */
export interface CardUse {
  charge: boolean;
  /** A challenge was passed for this very payment. */
  challengePassed: boolean;
  /** A challenge was passed when the card was saved. */
  authenticatedBefore: boolean;
  /** Whether somebody is there to answer a challenge; unsaid: what was saved counts, what is asked waits. */
  session?: "on" | "off";
  /** The merchant asks for 3-D Secure where it can be had. */
  wantsChallenge?: boolean;
}

/** The whole decision about one use of a card. */
export function judgeCard(number: string, use: CardUse): Verdict {
  const card = cardBehaviour(number);
  if (card.refused !== undefined) return { kind: "declined", decline: card.refused };
  if (asksForChallenge(card, use) && !use.challengePassed) {
    return use.session === "off"
      ? { kind: "declined", decline: AUTHENTICATION_REQUIRED }
      : { kind: "challenge" };
  }
  if (!use.charge) return { kind: "ok" };
  const decline = card.chargeRefused ?? card.refusedAfterChallenge;
  return decline === undefined ? { kind: "ok" } : { kind: "declined", decline };
}

function asksForChallenge({ authentication }: TestCard, use: CardUse): boolean {
  if (authentication === "first") return !use.authenticatedBefore || (use.charge && use.session === "on");
  if (authentication === "on_session") return use.charge && use.session === "on";
  if (authentication === "on_request") return use.wantsChallenge === true;
  return authentication === "always";
}
