import type Stripe from "stripe";
import type { FormFields } from "./card-form.ts";
import { type Html, html } from "./html.ts";
import type { PortalView } from "./portal-page.ts";

/** Asks why a subscription was canceled. Not answering is fine. */
export function reasonForm(
  { session, configuration, locale }: PortalView,
  subscription: string,
): Html | null {
  const { enabled, options } = configuration.features.subscription_cancel.cancellation_reason;
  if (!enabled) return null;
  const words = locale.words.portal.reason;
  return html`<section class="part reason" id="cancel-reason" aria-labelledby="reason-heading"><h2 id="reason-heading">${words.heading}</h2>
    <form method="post" action="/p/session/${session.id}/subscriptions/${subscription}/feedback">
      <fieldset><legend>${words.text}</legend>${options.map((option) => html`<label class="option"><input type="radio" name="feedback" value="${option}"><span>${words.options[option] ?? option}</span></label>`)}</fieldset>
      <div class="field"><label for="cancel-comment">${words.comment}</label><textarea id="cancel-comment" name="comment" rows="2" maxlength="500"></textarea></div>
      <div class="actions"><button class="button" id="send-reason">${words.send}</button><a class="button plain" href="/p/session/${session.id}?done=canceled">${words.skip}</a></div>
    </form></section>`;
}

/** Writes the answer onto the subscription; an empty one, or one that was not offered, changes nothing. */
export function noteReason(
  { world, configuration }: PortalView,
  row: Stripe.Subscription,
  fields: FormFields,
): void {
  const { options } = configuration.features.subscription_cancel.cancellation_reason;
  const feedback = options.find((option) => option === fields["feedback"]) ?? "";
  const comment = fields["comment"] ?? "";
  if (feedback === "" && comment.trim() === "") return;
  const before = row.cancellation_details;
  world.update("customer.subscription.updated", row.id, {
    cancellation_details: {
      comment: comment.trim() || null,
      feedback: feedback || null,
      feedback_option: before?.feedback_option ?? null,
      reason: before?.reason ?? "cancellation_requested",
    },
  });
}
