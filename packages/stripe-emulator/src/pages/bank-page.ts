import type Stripe from "stripe";
import { type Page, TEST_MODE } from "./document.ts";
import { html } from "./html.ts";
import { localeOf, money } from "./money.ts";

/** The challenge a bank shows for 3-D Secure: pass it or fail it. */
export function bankPage(session: Stripe.Checkout.Session, challenge: string, last4: string): Page {
  const currency = session.currency ?? "usd";
  const amount = money(session.amount_total ?? 0, currency, localeOf(session.locale, currency));
  const purpose =
    (session.amount_total ?? 0) > 0 ? `a payment of ${amount}` : "saving your card for later payments";
  return {
    title: "3-D Secure (test mode)",
    leadsTo: [session.success_url, session.cancel_url],
    body: html`<main class="bank" id="three-d-secure">${TEST_MODE}
      <h1>Confirm with your bank</h1>
      <p>This is where the bank of the card ending in ${last4} would ask you to confirm ${purpose}.</p>
      <form method="post" action="/c/pay/${session.id}/challenge/${challenge}">
        <button class="button" name="answer" value="complete" id="complete-authentication">Complete authentication</button>
        <button class="button plain" name="answer" value="fail" id="fail-authentication">Fail authentication</button>
      </form></main>`,
  };
}
