import type { CardInput } from "../store/tables.ts";
import { DECLINES, type Decline } from "./declines.ts";
import { passesLuhn } from "./luhn.ts";
import { TEST_CARDS } from "./test-card-table.ts";

export { AUTHENTICATION_FAILED, type Decline } from "./declines.ts";
export { TEST_CARDS } from "./test-card-table.ts";

/** A test card and what it does (https://docs.stripe.com/testing). */
export interface TestCard {
  number: string;
  label: string;
  brand: "visa" | "mastercard" | "amex" | "discover" | "diners" | "jcb" | "unionpay";
  /** `pm_card_…`; the same with `tok_` is its token of old. */
  token: string;
  /** Other names of the same, without `pm_card_`. */
  aliases?: readonly string[];
  country?: string;
  funding?: "debit" | "prepaid";
  /** Refused already when it is saved, and so also when it is charged. */
  refused?: Decline;
  /** Can be saved; every charge fails. */
  chargeRefused?: Decline;
  /** 3-D Secure: never, when asked for, with somebody there, on first use too, or on every payment. */
  authentication: "never" | "on_request" | "on_session" | "first" | "always";
  /** Pays, and is disputed right after. */
  disputed?: { reason: string; inquiry: boolean };
  /** Pays, and the bank warns of fraud right after. */
  warned?: boolean;
  /** What becomes of its refunds later. */
  refunds?: "succeed_later" | "fail_later";
  /** Paid out at once: nothing is pending. */
  available?: boolean;
  /** Refused after a passed challenge. */
  refusedAfterChallenge?: Decline;
  /** The bank's check of this detail fails; the payment does not. */
  failedChecks?: readonly ("cvc" | "postal_code" | "line1")[];
  risk?: "elevated" | "highest";
}

/** A card that is no test card: Stripe refuses it in test mode. */
const UNKNOWN: Omit<TestCard, "number"> = {
  brand: "visa",
  authentication: "never",
  token: "",
  label: "Not a test card",
  refused: DECLINES.noTestCard,
};

/** What the card with this number does; a mistyped one is none. */
export function cardBehaviour(number: string): TestCard {
  const known = TEST_CARDS.find((card) => card.number === number);
  return known ?? { ...UNKNOWN, number, ...(!passesLuhn(number) && { refused: DECLINES.badNumber }) };
}

/** The card behind a `pm_card_…` or `tok_…`; undefined when there is no such token. */
export function cardOfToken(token: string): TestCard | undefined {
  const name = /^(?:pm_card|tok)_(\w+)$/.exec(token)?.[1];
  if (name === undefined) return undefined;
  return TEST_CARDS.find((card) => card.token === `pm_card_${name}` || card.aliases?.includes(name) === true);
}

/** A card as a test person types it: any date to come, any code. `number` defaults to the one that pays. */
export function testCard(number = "4242424242424242", nowSeconds = 0): CardInput {
  return {
    number: number.replaceAll(/\D/g, ""),
    expMonth: 12,
    expYear: new Date(nowSeconds * 1000).getUTCFullYear() + 4,
    cvc: "123",
    name: "Test Person",
    country: "SE",
    postalCode: null,
  };
}
