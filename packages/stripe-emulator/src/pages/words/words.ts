import { ENGLISH, type HostedWords } from "./english.ts";
import { INVOICE_ENGLISH, INVOICE_SWEDISH, type InvoiceWords } from "./invoice-words.ts";
import { PORTAL_ENGLISH, PORTAL_SWEDISH, type PortalWords } from "./portal-words.ts";
import { SWEDISH } from "./swedish.ts";

export interface Words extends HostedWords {
  portal: PortalWords;
  invoice: InvoiceWords;
}

export type Language = "en" | "sv";

/** Everything the hosted pages say, in both languages. */
export const WORDS: Record<Language, Words> = {
  en: { ...ENGLISH, portal: PORTAL_ENGLISH, invoice: INVOICE_ENGLISH },
  sv: { ...SWEDISH, portal: PORTAL_SWEDISH, invoice: INVOICE_SWEDISH },
};
