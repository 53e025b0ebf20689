import type Stripe from "stripe";
import { notice, type Page } from "./document.ts";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import type { Locale } from "./language.ts";

/** Where a completed session leads. */
export function successUrl(session: Stripe.Checkout.Session | undefined): string {
  return (session?.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session?.id ?? "");
}

/** What stands where a session is complete, expired or was never made. */
export function closedPage(session: Stripe.Checkout.Session | undefined, locale: Locale): Page {
  const words = locale.words.closed;
  if (session === undefined)
    return notice({ title: words.notFound, text: words.noCheckout, status: 404, locale });
  if (session.status === "complete") {
    const link = { href: successUrl(session), label: words.continue };
    const mark = html`<span class="good">${icon("check")}</span>`;
    return notice({ title: words.complete, text: words.completeText, link, locale, mark });
  }
  const link = session.cancel_url === null ? null : { href: session.cancel_url, label: locale.words.goBack };
  const mark = html`<span class="late">${icon("clock")}</span>`;
  return notice({ title: words.expired, text: words.expiredText, link, status: 410, locale, mark });
}
