import { WITHDRAWAL_DAYS, withdrawalEnd } from "@liveassist/shared/withdrawal";
import { amountOf } from "../compute-happenings.ts";
import { type About, day, letter, type MailText, moment, money, SERVICE } from "./phrases.ts";

/** Confirms the contract on something that lasts: what, what it costs, when, how to end it (2005:59, 2 kap.; stripe-facts §6). */
export function orderConfirmation(about: About): MailText {
  const { row, terms, settings, user } = about;
  const id = row.providerSubscriptionId;
  const price = `${money(amountOf(row, terms), terms.price.currency)} a month including VAT`;
  const concluded = row.stripeCreatedAt.getTime();
  const text = letter(about, [
    `Thank you for your order of ${SERVICE}. This is what we agreed; please keep this mail.`,
    [
      `Contract: ${SERVICE}, subscription ${id}, concluded ${moment(concluded, settings)}`,
      "What you get: unlimited images, video upload, the full chat and the Premium badge.",
      `Price: ${price}. It renews each month until you cancel.`,
      firstCharge(about),
    ].join("\n"),
    `You can cancel at any time, without notice, in your settings: ${settings.appUrl}/settings. Access stays until the end of what you paid for.`,
    `Right of withdrawal: within ${WITHDRAWAL_DAYS} days, to the end of ${day(withdrawalEnd(concluded, settings.quotaTimezone) - 1, settings)}, you can withdraw from the contract without giving a reason: ${settings.appUrl}/withdraw. What you paid is then given back in full. You can also tell us in your own words, by mail or letter.`,
    "If something is wrong, write to us first. Disputes can also be tried by Allmänna reklamationsnämnden (arn.se).",
  ]);
  return { key: `order:${id}`, to: user.email, subject: `Your order of ${SERVICE}`, text };
}

function firstCharge({ row, terms, settings }: About): string {
  const price = money(amountOf(row, terms), terms.price.currency);
  const end = row.trialEndsAt?.getTime();
  if (row.status !== "trialing" || end === undefined) {
    const paid = row.paidUntil === null ? "" : ` It is paid until ${day(row.paidUntil.getTime(), settings)}.`;
    return `First charge: ${price}, made when you ordered.${paid}`;
  }
  const without = settings.trialRequiresCard ? "" : " Without a payment method the trial simply ends.";
  return `Free trial until ${moment(end, settings)}. First charge: ${price} on ${day(end, settings)}, unless you cancel before.${without}`;
}
