import { type About, letter, type MailText, SERVICE } from "./phrases.ts";

/** Says that two subscriptions were found, before the user finds out from the bank. */
export function duplicatePayment(about: About): MailText {
  const { row, user, keptId } = about;
  const id = row.providerSubscriptionId;
  const text = letter(about, [
    `You have more than one subscription to ${SERVICE}. One is all you need.`,
    `We keep ${keptId ?? "one of them"}. A person will look at the other one, ${id}, end it, and give back what you paid for it. You need to do nothing.`,
  ]);
  return {
    key: `duplicate_payment:${id}`,
    to: user.email,
    subject: `You subscribed to ${SERVICE} twice`,
    text,
  };
}
