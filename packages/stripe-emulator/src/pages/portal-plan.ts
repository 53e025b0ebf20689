import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { currentPeriodEnd, intervalOf } from "../objects/subscription.ts";
import { discountText } from "./checkout-text.ts";
import { type Html, html } from "./html.ts";
import { icon } from "./icons.ts";
import { day, everyText, money } from "./money.ts";
import type { PortalView } from "./portal-page.ts";
import { statusTag } from "./status-tag.ts";

/** One live subscription: what it is, what comes next, and what can be done about it. */
export function planSection(view: PortalView, row: Stripe.Subscription): Html {
  const { words } = view.locale;
  const discounts = couponsOf(view.world, row).map((coupon) => discountText(coupon, view.locale));
  return html`<section class="part"><h2>${words.portal.current}</h2>
    ${notices(view, row)}
    <div class="beside"><div><h3>${planName(view, row)} ${statusTag(row.status, view.locale)}</h3>
      ${row.items.data.map((item) => html`<p class="price">${itemPrice(view, item, row.currency)}</p>`)}
      ${discounts.map((text) => html`<p class="quiet discounted">${icon("tag")}${words.portal.discount}: ${text}</p>`)}
      <p class="quiet" id="plan-next">${nextText(view, row)}</p></div>
    <div class="actions">${action(view, row)}</div></div></section>`;
}

/** The name of what a subscription is for. */
export function planName({ world }: PortalView, row: Stripe.Subscription): string {
  return world.store.get("products", String(row.items.data[0]?.price.product))?.name ?? "Subscription";
}

function itemPrice(
  { locale }: PortalView,
  { price, quantity = 1 }: Stripe.SubscriptionItem,
  currency: string,
): string {
  const amount = money((price.unit_amount ?? 0) * quantity, currency, locale);
  const many = quantity === 1 ? "" : ` · ${locale.words.checkout.quantity(quantity)}`;
  return `${amount} ${everyText(intervalOf(price), locale)}${many}`;
}

function couponsOf({ store }: World, row: Stripe.Subscription): Stripe.Coupon[] {
  return row.discounts.flatMap((id) => {
    const coupon = store.get("discounts", String(id))?.source.coupon;
    return store.get("coupons", String(coupon)) ?? [];
  });
}

/** What has to be seen first: a payment that is owed, or an end that is set. */
function notices({ world, locale }: PortalView, row: Stripe.Subscription): Html[] {
  const words = locale.words.portal;
  const owed =
    row.status === "past_due" || row.status === "unpaid"
      ? world.store.where("invoices", "subscription", row.id).findLast(({ status }) => status === "open")
      : undefined;
  const found: Html[] = [];
  if (owed !== undefined) {
    const amount = money(owed.amount_remaining, owed.currency, locale);
    found.push(
      html`<div class="banner bad" id="past-due">${icon("warning")}<p>${words.pastDue(amount)}</p><a class="button" id="pay-invoice" href="/invoices/${owed.id}">${words.payNow(amount)}</a></div>`,
    );
  }
  if (row.cancel_at !== null)
    found.push(
      html`<div class="banner late" id="scheduled-cancel">${icon("clock")}<p>${words.scheduled(day(row.cancel_at, locale))}</p></div>`,
    );
  return found;
}

function action({ session, configuration, locale }: PortalView, row: Stripe.Subscription): Html | null {
  const base = `/p/session/${session.id}/subscriptions/${row.id}`;
  const words = locale.words.portal;
  if (row.cancel_at !== null)
    return html`<form method="post" action="${base}/renew"><button class="button" id="renew-subscription">${words.dontCancel}</button></form>`;
  return configuration.features.subscription_cancel.enabled
    ? html`<a class="button plain" id="cancel-subscription" href="${base}/cancel">${words.cancelPlan}</a>`
    : null;
}

function nextText({ locale }: PortalView, row: Stripe.Subscription): string {
  const words = locale.words.portal;
  if (row.cancel_at !== null) return words.endsOn(day(row.cancel_at, locale));
  if (row.status === "trialing" && row.trial_end !== null)
    return words.trialUntil(day(row.trial_end, locale));
  if (row.status === "active") return words.renews(day(currentPeriodEnd(row), locale));
  return row.status === "paused" ? words.paused : words.behind;
}
