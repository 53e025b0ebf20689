import { type Html, html } from "./html.ts";
import type { Locale } from "./language.ts";

const KIND: Record<string, string> = {
  active: "good",
  paid: "good",
  trialing: "",
  past_due: "bad",
  unpaid: "bad",
  incomplete: "bad",
  open: "late",
  uncollectible: "bad",
};

/** A status of Stripe's as a word in the language of the page, coloured by how good it is. */
export function statusTag(status: string, { words }: Locale): Html {
  return html`<span class="tag ${KIND[status] ?? ""}">${words.status[status] ?? status.replaceAll("_", " ")}</span>`;
}
