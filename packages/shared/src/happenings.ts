/** What is written down for a person to look at; kinds of `billing_flags`. */
export type FlagKind = "duplicate_payment" | "refund" | "dispute" | "withdrawal";

export interface HappeningPolicy {
  /** `as_stripe_says`: the status decides, this changes nothing. `kept`: what was granted stays. `ends`: we end it at Stripe. */
  readonly access: "as_stripe_says" | "kept" | "ends";
  /** `flag`: an alarm, and a row that stays until somebody resolves it. `alarm`: an alarm. `log`: a line. */
  readonly operator: "flag" | "alarm" | "log";
  /** `mail`: written with the fact. `receipt`: by whoever did it, at once. `app`: what is on the screen says it. */
  readonly user: "mail" | "receipt" | "app";
  readonly flag: FlagKind | null;
  readonly why: string;
}

/**
 * What happens around a subscription and what a fair Swedish consumer service does about it, where Stripe leaves that open
 * (issue 3, point 1; consumer facts in stripe-facts §6). Consulted wherever one of these is found.
 */
export const HAPPENINGS = {
  ordered: {
    access: "as_stripe_says",
    operator: "log",
    user: "mail",
    flag: null,
    why: "The contract has to be confirmed on something that lasts: content, price, first charge, right of withdrawal (2005:59, 2 kap.).",
  },
  trial_ending: {
    access: "as_stripe_says",
    operator: "log",
    user: "mail",
    flag: null,
    why: "Nobody should pay because they forgot: the cards' rules for trials ask for a reminder, and so does decency.",
  },
  trial_ended_without_payment_method: {
    access: "as_stripe_says",
    operator: "log",
    user: "app",
    flag: null,
    why: "Without a card nothing can be owed: the trial ends and no debt begins (requirements R2).",
  },
  payment_failed: {
    access: "as_stripe_says",
    operator: "log",
    user: "mail",
    flag: null,
    why: "A refused card is found out by mail, not by lost access: what happened, until when access stays, and what to press.",
  },
  ended_unpaid: {
    access: "as_stripe_says",
    operator: "log",
    user: "mail",
    flag: null,
    why: "An end that nobody asked for has to be told, with the reason and that nothing more will be charged.",
  },
  paused: {
    access: "as_stripe_says",
    operator: "log",
    user: "app",
    flag: null,
    why: "Nothing is charged while paused, and nothing is lost: the settings page offers to resume.",
  },
  price_changed: {
    access: "kept",
    operator: "alarm",
    user: "app",
    flag: null,
    why: "The same product at another price is the same contract. Consent has to come before the change, so somebody must know of it.",
  },
  full_refund: {
    access: "as_stripe_says",
    operator: "flag",
    user: "app",
    flag: "refund",
    why: "Money is often given back as a kindness. Whether the contract ends as well is decided by a person, by cancelling.",
  },
  partial_refund: {
    access: "as_stripe_says",
    operator: "flag",
    user: "app",
    flag: "refund",
    why: "A part given back makes up for something; the rest of the month was still paid for.",
  },
  refund_of_withdrawal: {
    access: "as_stripe_says",
    operator: "log",
    user: "receipt",
    flag: null,
    why: "We gave it back ourselves because the consumer withdrew: the withdrawal keeps the books, nobody has anything to look at.",
  },
  dispute_opened: {
    access: "as_stripe_says",
    operator: "flag",
    user: "app",
    flag: "dispute",
    why: "A bank asks, nothing is proven: ending access would punish whoever has a real complaint. A person answers in time.",
  },
  dispute_won: {
    access: "as_stripe_says",
    operator: "log",
    user: "app",
    flag: "dispute",
    why: "The payment stands after all; what was flagged is resolved.",
  },
  dispute_lost: {
    access: "as_stripe_says",
    operator: "flag",
    user: "app",
    flag: "dispute",
    why: "The month was not paid in the end. Whether Stripe cancels then is its setting; if not, a person decides.",
  },
  duplicate_payment: {
    access: "kept",
    operator: "flag",
    user: "mail",
    flag: "duplicate_payment",
    why: "Nobody pays twice for one thing. One is kept; ending and refunding the other moves money, so a person does it.",
  },
  withdrawn: {
    access: "ends",
    operator: "log",
    user: "receipt",
    flag: null,
    why: "The right of withdrawal stays while the service runs: it ends at once, and the last payment is given back in full.",
  },
  customer_deleted: {
    access: "as_stripe_says",
    operator: "alarm",
    user: "app",
    flag: null,
    why: "Deleting a customer ends what it pays for at Stripe. We never do it, so somebody did it by hand and should look.",
  },
  deleted_user_subscribed: {
    access: "as_stripe_says",
    operator: "alarm",
    user: "app",
    flag: null,
    why: "Who deleted their account must not go on paying: a person cancels at Stripe and refunds what was charged since.",
  },
  unknown_status: {
    access: "kept",
    operator: "alarm",
    user: "app",
    flag: null,
    why: "A word we do not know must neither take away what was paid nor give anything (requirements R9).",
  },
} as const satisfies Readonly<Record<string, HappeningPolicy>>;

/** Something that happened around a subscription. */
export type Happening = keyof typeof HAPPENINGS;

/** The happenings of which a user is told by mail: each has a text, or it does not compile. */
export type MailedHappening = {
  [K in Happening]: (typeof HAPPENINGS)[K]["user"] extends "mail" ? K : never;
}[Happening];
