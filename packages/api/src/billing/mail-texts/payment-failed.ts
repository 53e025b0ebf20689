import { amountOf } from "../compute-happenings.ts";
import { type About, letter, type MailText, moment, money, SERVICE } from "./phrases.ts";

/** Says that a payment did not go through, until when access stays, and what to press; once for each open invoice. */
export function paymentFailed(about: About): MailText {
  const { row, terms, settings, user } = about;
  const openSince = row.openInvoiceAt?.getTime() ?? terms.now;
  const end = openSince + terms.grace.pastDueMs;
  const keeps = row.firstPaidAt !== null && terms.now < end;
  const access = keeps
    ? `Your access stays until ${moment(end, settings)}.`
    : "Until it is paid, your account is on Free; nothing of yours is lost.";
  const text = letter(about, [
    `We could not collect ${money(amountOf(row, terms), terms.price.currency)} for ${SERVICE}. This happens when a card has expired or the bank wants you to confirm.`,
    `${access} We will try again by ourselves.`,
    `To put it right now, update your card or confirm the payment in your settings: ${settings.appUrl}/settings. If you do not want to go on, you can cancel there, too.`,
  ]);
  return {
    key: `payment_failed:${row.providerSubscriptionId}:${openSince}`,
    to: user.email,
    subject: `Your payment for ${SERVICE} did not go through`,
    text,
  };
}
