import type Stripe from "stripe";
import type { CheckoutTerms } from "../billing/checkout-terms.ts";

/** What the order is called: its first thing, or who asks to save a card. */
export function orderName(terms: CheckoutTerms, session: Stripe.Checkout.Session): string {
  return terms.lines[0]?.name ?? merchantOf(session.success_url ?? session.cancel_url) ?? "Subscription";
}

/** Who the page belongs to, as far as the emulator can know: the host it leads back to. */
export function merchantOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).host : null;
}
