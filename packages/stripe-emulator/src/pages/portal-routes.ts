import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type Stripe from "stripe";
import {
  cancelSubscription,
  isEnded,
  scheduleCancel,
  unscheduleCancel,
} from "../billing/cancel-subscription.ts";
import { changeCard } from "../billing/change-card.ts";
import { inTimeOf } from "../billing/test-clock.ts";
import type { Engine } from "../engine.ts";
import { liveCustomer } from "../objects/customer.ts";
import { readCard } from "./card-form.ts";
import { notice, sendPage } from "./document.ts";
import { fieldsOf, inOneStep } from "./form-post.ts";
import { cancelPage, cardPage, type PortalView, portalPage } from "./portal-page.ts";

type Path = { Params: { session: string; subscription: string }; Querystring: { done?: string } };

/** A link into the portal is good for an hour (Stripe calls it short-lived, without a figure). */
const LIFETIME_SECONDS = 3600;
const DONE: Record<string, string> = {
  canceled: "Your subscription will not renew.",
  ended: "Your subscription has ended.",
  renewed: "Your subscription goes on.",
  card: "Your card was updated.",
};

/** The customer portal under `/p/session`. */
export function servePortal(app: FastifyInstance, engine: Engine): void {
  app.get<Path>("/p/session/:session", (request, reply) => {
    const view = viewOf(engine, request.params.session);
    if (view === null) return gone(reply);
    const flow = view.session.flow;
    const done = DONE[request.query.done ?? ""] ?? null;
    if (done === null && flow?.type === "payment_method_update")
      return reply.redirect(`/p/session/${view.session.id}/card`, 303);
    const target = flow?.subscription_cancel?.subscription;
    if (done === null && target)
      return reply.redirect(`/p/session/${view.session.id}/subscriptions/${target}/cancel`, 303);
    return sendPage(reply, portalPage(view, done));
  });
  app.get<Path>("/p/session/:session/card", (request, reply) => {
    const view = viewOf(engine, request.params.session);
    return view === null
      ? gone(reply)
      : sendPage(reply, cardPage(view, { fields: {}, errors: {}, problem: null }));
  });
  app.post<Path>("/p/session/:session/card", (request, reply) => saveCard(engine, request, reply));
  app.get<Path>("/p/session/:session/subscriptions/:subscription/cancel", (request, reply) => {
    const view = viewOf(engine, request.params.session);
    const row = view && subscriptionOf(view, request.params.subscription);
    if (view === null || row === null) return gone(reply);
    return row.cancel_at === null
      ? sendPage(reply, cancelPage(view, row))
      : reply.redirect(backTo(view, "canceled"), 303);
  });
  app.post<Path>("/p/session/:session/subscriptions/:subscription/cancel", button(engine, cancelInPortal));
  app.post<Path>("/p/session/:session/subscriptions/:subscription/renew", button(engine, renewInPortal));
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
): (request: FastifyRequest<Path>, reply: FastifyReply) => FastifyReply {
  return (request, reply) => {
    const view = viewOf(engine, request.params.session);
    const row = view && subscriptionOf(view, request.params.subscription);
    if (view === null || row === null) return gone(reply);
    const done = inOneStep(engine, () => inTimeOf(view.world, view.customer.id, () => step(view, row)));
    return reply.redirect(backTo(view, done), 303);
  };
}

function saveCard(engine: Engine, request: FastifyRequest<Path>, reply: FastifyReply): FastifyReply {
  const view = viewOf(engine, request.params.session);
  if (view === null) return gone(reply);
  const wantsJson = String(request.headers.accept).includes("application/json");
  const fields = fieldsOf(request);
  const { card, errors } = readCard(fields, engine.world.now());
  if (card === null) {
    if (wantsJson) return reply.send({ next: "stay", errors });
    return sendPage(reply, cardPage(view, { fields, errors, problem: null }));
  }
  const verdict = inOneStep(engine, () =>
    inTimeOf(engine.world, view.customer.id, () => changeCard(engine.world, view.customer.id, card)),
  );
  if (verdict.kind === "declined") {
    const problem = verdict.decline.message;
    return wantsJson
      ? reply.send({ next: "stay", problem })
      : sendPage(reply, cardPage(view, { fields, errors: {}, problem }));
  }
  const url = backTo(view, "card");
  return wantsJson ? reply.send({ next: "go", url }) : reply.redirect(url, 303);
}

/** Where a finished step leads: back to the shop when the flow says so, else to the portal's first page. */
function backTo({ session }: PortalView, done: string): string {
  const after = session.flow?.after_completion;
  if (after?.type === "redirect" && after.redirect !== null) return after.redirect.return_url;
  return `/p/session/${session.id}?done=${done}`;
}

function viewOf(engine: Engine, id: string): PortalView | null {
  const { world, store } = engine;
  const session = store.get("portalSessions", id);
  if (session === undefined || session.created + LIFETIME_SECONDS < world.now()) return null;
  const configuration = store.get("portalConfigurations", String(session.configuration));
  const customer = liveCustomer(world, session.customer);
  return configuration === undefined || customer === null
    ? null
    : { world, session, configuration, customer };
}

function subscriptionOf({ world, customer }: PortalView, id: string): Stripe.Subscription | null {
  const row = world.store.get("subscriptions", id);
  return row === undefined || row.customer !== customer.id || isEnded(row) ? null : row;
}

function gone(reply: FastifyReply): FastifyReply {
  const text =
    "This link into the billing portal is not valid, or no longer. Go back to where you came from and open it again.";
  return sendPage(reply, notice({ title: "This link has expired", text, status: 404 }));
}
