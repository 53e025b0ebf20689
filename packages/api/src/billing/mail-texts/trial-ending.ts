import { amountOf } from "../compute-happenings.ts";
import { type About, day, letter, type MailText, moment, money, SERVICE } from "./phrases.ts";

/** Reminds of the first charge three days ahead: date, amount, how not to be charged. */
export function trialEnding(about: About): MailText {
  const { row, terms, settings, user } = about;
  const end = row.trialEndsAt?.getTime() ?? terms.now;
  const price = money(amountOf(row, terms), terms.price.currency);
  const without = settings.trialRequiresCard
    ? ""
    : " If you have added no payment method, the trial simply ends and nothing is charged.";
  const text = letter(about, [
    `Your free trial of ${SERVICE} ends on ${moment(end, settings)}.`,
    `After that it costs ${price} a month including VAT. The first charge is made on ${day(end, settings)}.${without}`,
    `If you do not want to go on, cancel before then in your settings, in two clicks: ${settings.appUrl}/settings. Nothing is charged, and your access stays until the trial ends.`,
  ]);
  return {
    key: `trial_ending:${row.providerSubscriptionId}`,
    to: user.email,
    subject: `Your free trial ends on ${day(end, settings)}`,
    text,
  };
}
