import type Stripe from "stripe";
import { nowOf } from "../billing/test-clock.ts";
import { currentPeriodEnd } from "../objects/subscription.ts";
import { cardFields, scriptWords, submitButton } from "./card-fields.ts";
import type { FieldErrors, FormFields } from "./card-form.ts";
import { testCards } from "./checkout-form.ts";
import type { Page } from "./document.ts";
import { html } from "./html.ts";
import { day } from "./money.ts";
import { type PortalView, portalFrame } from "./portal-page.ts";
import { planName } from "./portal-plan.ts";

/** Asks once more before a cancellation, with the day until which access stays. */
export function cancelPage(view: PortalView, row: Stripe.Subscription): Page {
  const { session, configuration, locale } = view;
  const words = locale.words.portal;
  const now = configuration.features.subscription_cancel.mode === "immediately";
  const until = now ? words.cancelNow : words.cancelLater(day(currentPeriodEnd(row), locale));
  return portalFrame(view, {
    title: words.cancelTitle,
    leadsTo: [session.return_url, afterUrl(session)],
    body: html`<section class="part"><h2 class="big">${words.cancelHeading}</h2>
      <p><strong>${planName(view, row)}</strong></p><p>${until}</p>
      <form class="actions" method="post" action="/p/session/${session.id}/subscriptions/${row.id}/cancel">
        <button class="button danger" id="confirm-cancel">${words.confirmCancel}</button>
        <a class="button plain" href="/p/session/${session.id}?done=">${locale.words.goBack}</a>
      </form></section>`,
  });
}

/** The form for a new card. */
export function cardPage(
  view: PortalView,
  shown: { fields: FormFields; errors: FieldErrors; problem: string | null },
): Page {
  const { world, session, customer, locale } = view;
  const words = locale.words.portal;
  const now = nowOf(world, customer.id);
  const said = { busy: words.savingSaid, done: words.savedSaid };
  return portalFrame(view, {
    title: words.cardTitle,
    script: "checkout",
    leadsTo: [session.return_url, afterUrl(session)],
    body: html`<section class="part"><h2 class="big">${words.cardHeading}</h2>
      <form id="payment-form" class="narrow" method="post" action="/p/session/${session.id}/card" novalidate data-now="${now}" data-words="${scriptWords(locale, said)}">
        <div id="form-alert" class="alert" role="alert" tabindex="-1" ${shown.problem === null ? html`hidden` : null}>${shown.problem}</div>
        ${testCards(locale)}
        ${cardFields(shown.fields, shown.errors, locale)}
        ${submitButton({ label: words.saveCard, busy: words.saving, done: said.done })}
        <a class="button plain" href="/p/session/${session.id}?done=">${locale.words.goBack}</a>
      </form></section>`,
  });
}

/** Where a flow leads when it is done; null: nowhere else. */
export function afterUrl({ flow }: Stripe.BillingPortal.Session): string | null {
  return flow?.after_completion.type === "redirect"
    ? (flow.after_completion.redirect?.return_url ?? null)
    : null;
}
