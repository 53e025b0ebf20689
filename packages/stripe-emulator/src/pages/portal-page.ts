import type Stripe from "stripe";
import { liveSubscriptions } from "../billing/change-card.ts";
import { paymentMethodOf } from "../billing/payment-methods.ts";
import type { World } from "../billing/world.ts";
import { foot, type Page, testMode } from "./document.ts";
import { type Html, html } from "./html.ts";
import { brandIcon, brandName, icon } from "./icons.ts";
import type { Locale } from "./language.ts";
import { money, shortDay } from "./money.ts";
import { merchantOf } from "./order-name.ts";
import { planSection } from "./portal-plan.ts";
import { reasonForm } from "./portal-reason.ts";
import { statusTag } from "./status-tag.ts";

export interface PortalView {
  world: World;
  session: Stripe.BillingPortal.Session;
  configuration: Stripe.BillingPortal.Configuration;
  customer: Stripe.Customer;
  locale: Locale;
}

/** What was just done, and the subscription it was done to. */
export interface PortalDone {
  text: string | null;
  /** Asked why it was canceled; null: not now. */
  askWhy: string | null;
}

/** The customer's own page: plan, card, billing information, invoices. */
export function portalPage(view: PortalView, done: PortalDone): Page {
  const { session, customer, configuration, world, locale } = view;
  const rows = liveSubscriptions(world, customer.id);
  const words = locale.words.portal;
  const said = html`<p class="said" id="portal-status" role="status">${done.text}</p>`;
  return portalFrame(view, {
    title: words.title,
    leadsTo: [session.return_url],
    body: html`${said}${done.askWhy === null ? null : reasonForm(view, done.askWhy)}
      ${rows.map((row) => planSection(view, row))}
      ${rows.length === 0 ? html`<section class="part"><h2>${words.current}</h2><p class="quiet">${words.noPlan}</p></section>` : null}
      ${configuration.features.payment_method_update.enabled ? cardSection(view, rows[0]) : null}
      ${informationSection(view)}
      ${configuration.features.invoice_history.enabled ? invoicesSection(view) : null}`,
  });
}

/** The two columns all pages of the portal share: whose it is, and what can be done. */
export function portalFrame(view: PortalView, page: Page): Page {
  const { session, configuration, locale } = view;
  const words = locale.words.portal;
  const shop = merchantOf(session.return_url) ?? locale.words.emulator;
  const headline = configuration.business_profile.headline ?? words.poweredBy;
  const mark = html`<span class="shop">${icon("shop")}</span>`;
  const back =
    session.return_url === null
      ? null
      : html`<a class="back" id="backLink" href="${session.return_url}">${icon("back")}<span>${locale.words.backTo(shop)}</span></a>`;
  return {
    ...page,
    lang: locale.lang,
    body: html`<div class="portal" id="portal">
      <header class="portal-side">${testMode(locale)}<p class="portal-shop">${mark}<span class="shop-name">${shop}</span></p>
        <h1>${words.billing}</h1><p class="quiet">${headline}</p>${back}</header>
      <div class="portal-main"><main>${page.body}</main>${foot(locale)}</div></div>`,
  };
}

function cardSection({ world, session, customer, locale }: PortalView, row?: Stripe.Subscription): Html {
  const words = locale.words.portal;
  const known = customer.invoice_settings.default_payment_method;
  const method =
    row === undefined ? world.store.get("paymentMethods", String(known)) : paymentMethodOf(world, row);
  const details = method?.card;
  const expiry = details && `${String(details.exp_month).padStart(2, "0")}/${details.exp_year}`;
  const shown =
    details === undefined
      ? html`<p class="quiet">${words.noCard}</p>`
      : html`<p class="on-file" id="card-on-file">${brandIcon(details.brand)}<span>${locale.words.card.ending(brandName(details.brand), details.last4 ?? "")}</span> <span class="tag">${words.standard}</span> <span class="quiet">${locale.words.card.expires(expiry ?? "")}</span></p>`;
  const label = details === undefined ? words.addCard : words.updateCard;
  return html`<section class="part"><h2>${locale.words.checkout.method}</h2><div class="beside">${shown}<a class="button plain" id="update-card" href="/p/session/${session.id}/card">${label}</a></div></section>`;
}

function informationSection({ customer, locale }: PortalView): Html {
  const rows = [
    [locale.words.portal.name, customer.name],
    [locale.words.checkout.email, customer.email ?? customer.id],
  ].filter(([, value]) => value);
  return html`<section class="part"><h2>${locale.words.portal.information}</h2><dl class="information">${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

function invoicesSection({ world, customer, locale }: PortalView): Html {
  const words = locale.words.portal;
  const rows = world.store.where("invoices", "customer", customer.id).filter((row) => row.status !== "draft");
  if (rows.length === 0)
    return html`<section class="part"><h2>${words.receipts}</h2><p class="quiet">${words.noReceipts}</p></section>`;
  const { columns } = words;
  return html`<section class="part"><h2>${words.receipts}</h2><table id="receipts"><thead class="visually-hidden"><tr><th>${columns.date}</th><th>${columns.amount}</th><th>${columns.status}</th><th>${columns.receipt}</th></tr></thead><tbody>${rows
    .toReversed()
    .map(
      (row) =>
        html`<tr><td>${shortDay(row.created, locale)}</td><td class="number">${money(row.total, row.currency, locale)}</td><td>${statusTag(row.status ?? "open", locale)}</td><td class="number"><a href="/invoices/${row.id}" aria-label="${words.viewOf(row.number ?? "")}">${words.view}</a></td></tr>`,
    )}</tbody></table></section>`;
}
