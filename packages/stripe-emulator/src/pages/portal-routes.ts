import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type Stripe from "stripe";
import {
  cancelSubscription,
  isEnded,
  scheduleCancel,
  unscheduleCancel,
} from "../billing/cancel-subscription.ts";
import { inTimeOf } from "../billing/test-clock.ts";
import type { Engine } from "../engine.ts";
import { sendPage } from "./document.ts";
import { fieldsOf, inOneStep } from "./form-post.ts";
import { servePortalCard } from "./portal-card-routes.ts";
import { type PortalView, portalPage } from "./portal-page.ts";
import { noteReason } from "./portal-reason.ts";
import { cancelPage } from "./portal-steps.ts";
import { backTo, doneText, gone, inPortalTime, type PortalPath, viewOf } from "./portal-view.ts";

/** The customer portal under `/p/session`. */
export function servePortal(app: FastifyInstance, engine: Engine): void {
  servePortalCard(app, engine);
  app.get<PortalPath>("/p/session/:session", (request, reply) => {
    const view = viewOf(engine, request);
    if (view === null) return gone(request, reply);
    const { done, subscription } = request.query;
    const flow = view.session.flow;
    if (done === undefined && flow?.type === "payment_method_update")
      return reply.redirect(`/p/session/${view.session.id}/card`, 303);
    const target = flow?.subscription_cancel?.subscription;
    if (done === undefined && target)
      return reply.redirect(`/p/session/${view.session.id}/subscriptions/${target}/cancel`, 303);
    const row = subscription === undefined ? null : subscriptionOf(view, subscription);
    const askWhy = row?.canceled_at != null && row.cancellation_details?.feedback == null ? row.id : null;
    return inPortalTime(view, () =>
      sendPage(reply, portalPage(view, { text: doneText(view, done), askWhy })),
    );
  });
  app.get<PortalPath>("/p/session/:session/subscriptions/:subscription/cancel", (request, reply) => {
    const view = viewOf(engine, request);
    const row = view && subscriptionOf(view, request.params.subscription);
    if (view === null || row === null) return gone(request, reply);
    return row.cancel_at === null && !isEnded(row)
      ? sendPage(reply, cancelPage(view, row))
      : reply.redirect(backTo(view, "canceled"), 303);
  });
  const base = "/p/session/:session/subscriptions/:subscription";
  app.post<PortalPath>(`${base}/cancel`, button(engine, cancelInPortal));
  app.post<PortalPath>(`${base}/renew`, button(engine, renewInPortal));
  app.post<PortalPath>(`${base}/feedback`, (request, reply) => {
    const view = viewOf(engine, request);
    const row = view && subscriptionOf(view, request.params.subscription);
    if (view === null || row === null) return gone(request, reply);
    const fields = fieldsOf(request);
    inOneStep(engine, () => inPortalTime(view, () => noteReason(view, row, fields)));
    return reply.redirect(`/p/session/${view.session.id}?done=feedback`, 303);
  });
}

function renewInPortal({ world }: PortalView, row: Stripe.Subscription): string {
  if (row.cancel_at !== null) world.update("customer.subscription.updated", row.id, unscheduleCancel());
  return "renewed";
}

/** The portal sets only `cancel_at`; `cancel_at_period_end` stays false (stripe-facts 2 J). Twice is as good as once. */
function cancelInPortal({ world, configuration }: PortalView, row: Stripe.Subscription): string {
  if (configuration.features.subscription_cancel.mode === "immediately") {
    cancelSubscription(world, row.id, { reason: "cancellation_requested" });
    return "ended";
  }
  if (row.cancel_at === null)
    world.update("customer.subscription.updated", row.id, scheduleCancel(world, row, "portal"));
  return "canceled";
}

type Step = (view: PortalView, row: Stripe.Subscription) => string;

/** A handler for a button of one subscription: does its step, then leads back to say so. */
function button(
  engine: Engine,
  step: Step,
): (request: FastifyRequest<PortalPath>, reply: FastifyReply) => FastifyReply {
  return (request, reply) => {
    const view = viewOf(engine, request);
    const row = view && subscriptionOf(view, request.params.subscription);
    if (view === null || row === null || isEnded(row)) return gone(request, reply);
    const done = inOneStep(engine, () => inTimeOf(view.world, view.customer.id, () => step(view, row)));
    const why = done === "renewed" ? "" : `&subscription=${row.id}`;
    const to = backTo(view, done);
    return reply.redirect(to.includes("?done=") ? `${to}${why}` : to, 303);
  };
}

function subscriptionOf({ world, customer }: PortalView, id: string): Stripe.Subscription | null {
  const row = world.store.get("subscriptions", id);
  return row === undefined || row.customer !== customer.id ? null : row;
}
