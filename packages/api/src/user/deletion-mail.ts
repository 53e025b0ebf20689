import type { Settings } from "../deps.ts";
import type { Mail } from "../mail-port.ts";

/** The last mail to an account's address: what was deleted, what had to stay, and that nothing is charged any more. */
export function deletionMail(
  { appUrl, seller, quotaTimezone: timeZone }: Settings,
  { email, name, at }: { email: string; name: string; at: Date },
): Mail {
  const when = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "long", timeZone }).format(
    at,
  );
  const text = [
    `Hello ${name},`,
    `Your LiveAssist account was deleted on ${when}. Any subscription was cancelled first; nothing more will be charged.`,
    "Your name, e-mail address, password and logins are gone from it. What the law makes us keep stays: records of payments, and a withdrawal from the contract as you stated it. You can sign up again with this address at any time, as a new account.",
    seller ? [seller.name, seller.address, seller.email].join("\n") : `LiveAssist\n${appUrl}`,
  ].join("\n\n");
  return { to: email, subject: "Your LiveAssist account is deleted", text };
}
