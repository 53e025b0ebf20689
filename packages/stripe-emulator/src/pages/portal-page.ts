import type Stripe from "stripe";
import { liveSubscriptions } from "../billing/change-card.ts";
import { paymentMethodOf } from "../billing/payment-methods.ts";
import type { World } from "../billing/world.ts";
import { currentPeriodEnd, intervalOf } from "../objects/subscription.ts";
import { cardFields } from "./card-fields.ts";
import type { FieldErrors, FormFields } from "./card-form.ts";
import { type Page, TEST_MODE } from "./document.ts";
import { type Html, html } from "./html.ts";
import { day, everyText, type Locale, localeOf, money, shortDay } from "./money.ts";

export interface PortalView {
  world: World;
  session: Stripe.BillingPortal.Session;
  configuration: Stripe.BillingPortal.Configuration;
  customer: Stripe.Customer;
}

/** The customer's own page: plan, card, receipts. */
export function portalPage(view: PortalView, done: string | null): Page {
  const { session, customer, configuration, world } = view;
  const locale = localeOf(session.locale, customer.currency ?? "sek");
  const rows = liveSubscriptions(world, customer.id);
  return {
    title: "Billing (test mode)",
    leadsTo: [session.return_url],
    body: html`<main class="sheet" id="portal"><header class="top">${backTo(session)}${TEST_MODE}</header>
      <h1>Billing</h1><p class="quiet">${customer.email ?? customer.id}</p>
      <p class="said" id="portal-status" role="status">${done}</p>
      ${rows.map((row) => plan(view, row, locale))}
      ${rows.length === 0 ? html`<section class="card"><h2>Plan</h2><p>No current subscription.</p></section>` : null}
      ${configuration.features.payment_method_update.enabled ? card(view, rows[0]) : null}
      ${configuration.features.invoice_history.enabled ? receipts(view, locale) : null}
    </main>`,
  };
}

function backTo({ return_url: url }: Stripe.BillingPortal.Session): Html | null {
  return url === null
    ? null
    : html`<a class="back" id="backLink" href="${url}"><span aria-hidden="true">←</span> Back</a>`;
}

function plan(view: PortalView, row: Stripe.Subscription, locale: Locale): Html {
  const { world, session, configuration } = view;
  const base = `/p/session/${session.id}`;
  const item = row.items.data[0];
  const name = world.store.get("products", String(item?.price.product))?.name ?? "Subscription";
  const price =
    item === undefined
      ? ""
      : `${money(item.price.unit_amount ?? 0, row.currency, locale)} ${everyText(intervalOf(item.price))}`;
  const action =
    row.cancel_at !== null
      ? html`<form method="post" action="${base}/subscriptions/${row.id}/renew"><button class="button" id="renew-subscription">Don't cancel subscription</button></form>`
      : configuration.features.subscription_cancel.enabled
        ? html`<a class="button plain" id="cancel-subscription" href="${base}/subscriptions/${row.id}/cancel">Cancel subscription</a>`
        : null;
  return html`<section class="card"><h2>${name} <span class="tag">${row.status.replaceAll("_", " ")}</span></h2>
    <p>${price}</p><p class="quiet" id="plan-next">${nextText(row, locale)}</p><div class="actions">${action}</div></section>`;
}

function nextText(row: Stripe.Subscription, locale: Locale): string {
  if (row.cancel_at !== null)
    return `Ends on ${day(row.cancel_at, locale)}. Until then everything stays as it is.`;
  if (row.status === "trialing" && row.trial_end !== null)
    return `Free trial until ${day(row.trial_end, locale)}; the first payment is then.`;
  if (row.status === "active") return `Renews on ${day(currentPeriodEnd(row), locale)}.`;
  return "There is something to do about the last payment: update your card.";
}

function card({ world, session, customer }: PortalView, row: Stripe.Subscription | undefined): Html {
  const known = customer.invoice_settings.default_payment_method;
  const method =
    row === undefined ? world.store.get("paymentMethods", String(known)) : paymentMethodOf(world, row);
  const details = method?.card;
  const shown =
    details === undefined
      ? html`<p>No card is saved.</p>`
      : html`<p id="card-on-file">${details.brand === "visa" ? "Visa" : "Mastercard"} •••• ${details.last4} <span class="quiet">expires ${String(details.exp_month).padStart(2, "0")}/${details.exp_year}</span></p>`;
  return html`<section class="card"><h2>Payment method</h2>${shown}<div class="actions"><a class="button plain" id="update-card" href="/p/session/${session.id}/card">Update card</a></div></section>`;
}

function receipts({ world, customer }: PortalView, locale: Locale): Html {
  const rows = world.store.where("invoices", "customer", customer.id).filter((row) => row.status !== "draft");
  if (rows.length === 0)
    return html`<section class="card"><h2>Receipts</h2><p class="quiet">None yet.</p></section>`;
  return html`<section class="card"><h2>Receipts</h2><div class="scroll"><table id="receipts"><thead><tr><th>Date</th><th>Amount</th><th>Status</th><th>Receipt</th></tr></thead><tbody>${rows
    .toReversed()
    .map(
      (row) =>
        html`<tr><td>${shortDay(row.created, locale)}</td><td>${money(row.total, row.currency, locale)}</td><td><span class="tag">${row.status}</span></td><td><a href="/invoices/${row.id}" aria-label="View receipt ${row.number}">View</a></td></tr>`,
    )}</tbody></table></div></section>`;
}

/** Asks once more before a cancellation, with the day until which access stays. */
export function cancelPage({ session, configuration }: PortalView, row: Stripe.Subscription): Page {
  const now = configuration.features.subscription_cancel.mode === "immediately";
  const locale = localeOf(session.locale, row.currency);
  const until = now
    ? "It ends at once."
    : `It stays as it is until ${day(currentPeriodEnd(row), locale)} and is not charged again.`;
  return {
    title: "Cancel subscription (test mode)",
    leadsTo: [session.return_url],
    body: html`<main class="bank">${TEST_MODE}<h1>Cancel your subscription?</h1><p>${until}</p>
      <form method="post" action="/p/session/${session.id}/subscriptions/${row.id}/cancel">
        <button class="button danger" id="confirm-cancel">Cancel subscription</button>
        <a class="button plain" href="/p/session/${session.id}">Go back</a>
      </form></main>`,
  };
}

/** The form for a new card. */
export function cardPage(
  { world, session }: PortalView,
  shown: { fields: FormFields; errors: FieldErrors; problem: string | null },
): Page {
  return {
    title: "Update card (test mode)",
    script: "checkout",
    leadsTo: [session.return_url],
    body: html`<main class="bank">${TEST_MODE}<h1>Update your card</h1>
      <form id="payment-form" method="post" action="/p/session/${session.id}/card" novalidate data-now="${world.now()}">
        <div id="form-alert" class="alert" role="alert" tabindex="-1" ${shown.problem === null ? html`hidden` : null}>${shown.problem}</div>
        ${cardFields(shown.fields, shown.errors)}
        <button type="submit" id="submit" class="button"><span class="label">Save card</span><span class="busy" aria-hidden="true"><span class="spinner"></span>Saving…</span></button>
        <p id="form-status" class="visually-hidden" role="status" aria-live="polite"></p>
        <a class="button plain" href="/p/session/${session.id}">Go back</a>
      </form></main>`,
  };
}
