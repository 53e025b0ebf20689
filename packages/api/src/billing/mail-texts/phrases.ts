import type { Settings } from "../../deps.ts";
import type { Terms } from "../compute-rows.ts";
import type { User } from "../compute-settlement.ts";
import type { SubscriptionRow } from "../load-facts.ts";

/** What a mail about a subscription can speak of. */
export interface About {
  readonly user: Pick<User, "email" | "name">;
  readonly row: SubscriptionRow;
  readonly terms: Terms;
  readonly settings: Settings;
  /** For a double payment: the subscription that is kept. */
  readonly keptId: string | null;
}

/** A mail with the key under which it is written once. */
export interface MailText {
  readonly key: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The name of what is sold. */
export const SERVICE = "LiveAssist Permission";

/** An amount in the currency's minor unit, as the app writes it: `39 SEK`, `39.50 SEK`. */
export function money(minor: number, currency: string): string {
  const digits = minor % 100 === 0 ? 0 : 2;
  const amount = new Intl.NumberFormat("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${amount.format(minor / 100)} ${currency.toUpperCase()}`;
}

/** A day where the user lives, e.g. `27 November 2026`. */
export const day = (at: number, { quotaTimezone }: Settings): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: quotaTimezone }).format(at);

/** A moment where the user lives, with its zone. */
export const moment = (at: number, { quotaTimezone }: Settings): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "long", timeZone: quotaTimezone }).format(
    at,
  );

/** Greeting, paragraphs, and who sends it: name, number and address, as a business letter has them. */
export function letter({ user, settings }: About, paragraphs: readonly string[]): string {
  const { seller, appUrl } = settings;
  const sender = seller
    ? [seller.name, `Organisation number ${seller.orgNo}`, seller.address, seller.email, appUrl]
    : ["LiveAssist", appUrl];
  return [`Hello ${user.name},`, ...paragraphs, sender.join("\n")].join("\n\n");
}
