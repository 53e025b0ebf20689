/** Why a card was refused, in Stripe's words. */
export interface Decline {
  code: string;
  declineCode: string | null;
  message: string;
  /** Not worth another try with the same card. */
  hard: boolean;
  /** The detail of the card that is wrong, as the error's `param` names it. */
  param?: string;
  /** Refused before the card was charged: no charge is left behind. */
  uncharged?: boolean;
}

function declined(declineCode: string, hard = false, message = "Your card was declined."): Decline {
  return { code: "card_declined", declineCode, message, hard };
}

/** What banks answer, by the name it has in the test cards' tokens. */
export const DECLINES = {
  generic: declined("generic_decline"),
  noFunds: declined("insufficient_funds", false, "Your card has insufficient funds."),
  lost: declined("lost_card", true),
  stolen: declined("stolen_card", true),
  velocity: declined("card_velocity_exceeded"),
  fraudulent: declined("fraudulent", true),
  expired: {
    code: "expired_card",
    declineCode: "expired_card",
    message: "Your card has expired.",
    hard: true,
    param: "exp_month",
  },
  badCvc: {
    code: "incorrect_cvc",
    declineCode: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
    hard: true,
    param: "cvc",
  },
  badNumber: {
    code: "incorrect_number",
    declineCode: null,
    message: "Your card number is incorrect.",
    hard: true,
    param: "number",
    uncharged: true,
  },
  processing: {
    code: "processing_error",
    declineCode: "processing_error",
    message: "An error occurred while processing your card. Try again in a little bit.",
    hard: false,
  },
  noTestCard: declined(
    "test_mode_live_card",
    true,
    "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
  ),
} as const satisfies Record<string, Decline>;

/** An unanswered or failed challenge. */
export const AUTHENTICATION_FAILED: Decline = {
  code: "payment_intent_authentication_failure",
  declineCode: null,
  message:
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
  hard: true,
};

/** The bank wants a challenge, and nobody is there to answer it. */
export const AUTHENTICATION_REQUIRED: Decline = {
  code: "authentication_required",
  declineCode: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
  hard: true,
  uncharged: true,
};

/** The caller wanted no challenge (`error_on_requires_action`). */
export const AUTHENTICATION_UNHANDLED: Decline = {
  ...AUTHENTICATION_REQUIRED,
  declineCode: "authentication_not_handled",
  message:
    "This payment required an authentication action to complete, but `error_on_requires_action` was set. When you're ready, you can upgrade your integration to handle actions at https://stripe.com/docs/payments/payment-intents/upgrade-to-handle-actions.",
};

/** What Stripe advises after a refusal (`advice_code`); undefined where it advises nothing. */
export function adviceOn(decline: Decline): string | undefined {
  if (decline.param !== undefined) return "confirm_card_data";
  if (decline.declineCode === "fraudulent" || decline.uncharged === true) return undefined;
  return decline.hard ? "do_not_try_again" : "try_again_later";
}
