import type { CardInput } from "../store/tables.ts";

/** Why a card was refused, in Stripe's words. */
export interface Decline {
  code: string;
  declineCode: string | null;
  message: string;
  /** Not worth another try with the same card. */
  hard: boolean;
}

/** A test card and what it does (https://docs.stripe.com/testing). */
export interface TestCard {
  number: string;
  label: string;
  brand: "visa" | "mastercard";
  token: string;
  /** Refused already when it is saved, and so also when it is charged. */
  refused?: Decline;
  /** Can be saved; every charge fails. */
  chargeRefused?: Decline;
  /** 3-D Secure: never, on first use only, or on every payment. */
  authentication: "never" | "first" | "always";
  /** Pays, and is disputed right after. */
  disputed?: { reason: string; inquiry: boolean };
  /** Refused after a passed challenge. */
  refusedAfterChallenge?: Decline;
}

function declined(declineCode: string, hard = false, message = "Your card was declined."): Decline {
  return { code: "card_declined", declineCode, message, hard };
}

const expired: Decline = {
  code: "expired_card",
  declineCode: "expired_card",
  message: "Your card has expired.",
  hard: true,
};
const badCvc: Decline = {
  code: "incorrect_cvc",
  declineCode: "incorrect_cvc",
  message: "Your card's security code is incorrect.",
  hard: true,
};
const processing: Decline = {
  code: "processing_error",
  declineCode: "processing_error",
  message: "An error occurred while processing your card. Try again in a little bit.",
  hard: false,
};
const noFunds = declined("insufficient_funds", false, "Your card has insufficient funds.");

/** An unanswered or failed challenge. */
export const AUTHENTICATION_FAILED: Decline = {
  code: "payment_intent_authentication_failure",
  declineCode: null,
  message:
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
  hard: true,
};

const visa = { brand: "visa", authentication: "never" } as const;

/** Every test card the emulator knows. */
export const TEST_CARDS: readonly TestCard[] = [
  { ...visa, number: "4242424242424242", token: "pm_card_visa", label: "Success" },
  {
    ...visa,
    brand: "mastercard",
    number: "5555555555554444",
    token: "pm_card_mastercard",
    label: "Success, Mastercard",
  },
  {
    ...visa,
    number: "4000000000000002",
    token: "pm_card_visa_chargeDeclined",
    label: "Declined",
    refused: declined("generic_decline"),
  },
  {
    ...visa,
    number: "4000000000009995",
    token: "pm_card_visa_chargeDeclinedInsufficientFunds",
    label: "Insufficient funds",
    refused: noFunds,
  },
  {
    ...visa,
    number: "4000000000009987",
    token: "pm_card_visa_chargeDeclinedLostCard",
    label: "Lost card",
    refused: declined("lost_card", true),
  },
  {
    ...visa,
    number: "4000000000009979",
    token: "pm_card_visa_chargeDeclinedStolenCard",
    label: "Stolen card",
    refused: declined("stolen_card", true),
  },
  {
    ...visa,
    number: "4000000000000069",
    token: "pm_card_chargeDeclinedExpiredCard",
    label: "Expired card",
    refused: expired,
  },
  {
    ...visa,
    number: "4000000000000127",
    token: "pm_card_chargeDeclinedIncorrectCvc",
    label: "Wrong security code",
    refused: badCvc,
  },
  {
    ...visa,
    number: "4000000000000119",
    token: "pm_card_chargeDeclinedProcessingError",
    label: "Processing error",
    refused: processing,
  },
  {
    ...visa,
    number: "4000000000006975",
    token: "pm_card_visa_chargeDeclinedVelocityLimitExceeded",
    label: "Velocity limit",
    refused: declined("card_velocity_exceeded"),
  },
  {
    ...visa,
    number: "4100000000000019",
    token: "pm_card_radarBlock",
    label: "Blocked as fraud",
    refused: declined("fraudulent", true),
  },
  {
    ...visa,
    number: "4000000000000341",
    token: "pm_card_chargeCustomerFail",
    label: "Can be saved, every charge fails",
    chargeRefused: declined("generic_decline"),
  },
  {
    ...visa,
    number: "4000002500003155",
    token: "pm_card_authenticationRequiredOnSetup",
    label: "3-D Secure, first use",
    authentication: "first",
  },
  {
    ...visa,
    number: "4000002760003184",
    token: "pm_card_authenticationRequired",
    label: "3-D Secure, every payment",
    authentication: "always",
  },
  {
    ...visa,
    number: "4000003800000446",
    token: "pm_card_authenticationRequiredSetupForOffSession",
    label: "3-D Secure, already set up",
  },
  {
    ...visa,
    number: "4000008260003178",
    token: "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
    label: "3-D Secure, then insufficient funds",
    authentication: "always",
    refusedAfterChallenge: noFunds,
  },
  {
    ...visa,
    number: "4000000000000259",
    token: "pm_card_createDispute",
    label: "Pays, then disputed as fraudulent",
    disputed: { reason: "fraudulent", inquiry: false },
  },
  {
    ...visa,
    number: "4000000000002685",
    token: "pm_card_createDisputeProductNotReceived",
    label: "Pays, then disputed as not received",
    disputed: { reason: "product_not_received", inquiry: false },
  },
  {
    ...visa,
    number: "4000000000001976",
    token: "pm_card_createDisputeInquiry",
    label: "Pays, then the bank inquires",
    disputed: { reason: "fraudulent", inquiry: true },
  },
];

/** A card that is no test card: Stripe refuses it in test mode. */
const UNKNOWN: Omit<TestCard, "number"> = {
  ...visa,
  token: "",
  label: "Not a test card",
  refused: declined(
    "test_mode_live_card",
    true,
    "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
  ),
};

/** What the card with this number does. */
export function cardBehaviour(number: string): TestCard {
  return TEST_CARDS.find((card) => card.number === number) ?? { ...UNKNOWN, number };
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
