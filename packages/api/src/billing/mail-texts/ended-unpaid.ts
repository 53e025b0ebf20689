import { type About, letter, type MailText, SERVICE } from "./phrases.ts";

/** Says that access ended because nothing could be collected; once for each debt, because one may be paid and another follow. */
export function endedUnpaid(about: About): MailText {
  const { row, settings, user } = about;
  const isOpen = row.status === "unpaid";
  const then = isOpen
    ? `The invoice is still open. Paying it brings your access back: ${settings.appUrl}/settings.`
    : `Nothing more will be charged. You can subscribe again at any time: ${settings.appUrl}/settings.`;
  const text = letter(about, [
    `Your ${SERVICE} has ended, because we could not collect the payment in several tries.`,
    `${then} Your account, your posts and your chats stay as they are, on Free.`,
  ]);
  return {
    key: `ended:${row.providerSubscriptionId}:${row.openInvoiceAt?.getTime() ?? ""}`,
    to: user.email,
    subject: `Your ${SERVICE} has ended`,
    text,
  };
}
