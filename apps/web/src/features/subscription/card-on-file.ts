import type { Billing, Offer } from "./types.ts";

type Card = NonNullable<Billing["card"]>;

/** Whether a card's last month is over at `now` (epoch ms). */
export const hasExpired = ({ exp_month, exp_year }: Card, now: number): boolean =>
  now >= Date.UTC(exp_year, exp_month, 1);

/** Nobody can be charged: the payment service was asked and has no card. Unknown counts as having one. */
export const isCardless = (billing: Billing | undefined): boolean =>
  billing?.available === true && billing.card === null;

/** Whether a trial of this offer may stand without a card at all; only then it is worth asking (requirements R2). */
export const mayBeCardless = (offer: Offer | undefined): boolean => offer?.trial_requires_card === false;
