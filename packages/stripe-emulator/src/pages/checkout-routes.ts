import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type Stripe from "stripe";
import { checkoutTerms } from "../billing/checkout-terms.ts";
import { answerChallenge, type CheckoutOutcome, payCheckout } from "../billing/pay-checkout.ts";
import type { Engine } from "../engine.ts";
import { bankPage } from "./bank-page.ts";
import { type FieldErrors, type FormFields, readCard } from "./card-form.ts";
import { checkoutPage } from "./checkout-page.ts";
import { notice, sendPage } from "./document.ts";
import { fieldsOf, inOneStep } from "./form-post.ts";
import { localeOf, money } from "./money.ts";

/** How long the page waits for the answer to `checkout.session.completed` before it leads on (docs.stripe.com/checkout/fulfillment). */
const ANSWER_LIMIT_MS = 10_000;

type PayPath = { Params: { session: string; challenge: string } };

/** The hosted checkout pages under `/c/pay`. */
export function serveCheckout(app: FastifyInstance, engine: Engine): void {
  app.get<PayPath>("/c/pay/:session", (request, reply) => show(engine, request.params.session, reply));
  app.post<PayPath>("/c/pay/:session", (request, reply) => submit(engine, request, reply));
  app.get<PayPath>("/c/pay/:session/challenge/:challenge", (request, reply) => {
    const { session: id, challenge } = request.params;
    const session = engine.store.get("sessions", id);
    const waiting = engine.store.get("checkoutPlans", id)?.challenge;
    if (session?.status !== "open" || waiting?.id !== challenge) return show(engine, id, reply);
    return sendPage(
      reply,
      bankPage({
        action: `/c/pay/${id}/challenge/${challenge}`,
        purpose: purposeOf(session),
        last4: waiting.card.number.slice(-4),
        leadsTo: [session.success_url, session.cancel_url],
      }),
    );
  });
  app.post<PayPath>("/c/pay/:session/challenge/:challenge", async (request, reply) => {
    const { session: id, challenge } = request.params;
    const passed = fieldsOf(request)["answer"] === "complete";
    const outcome = inOneStep(engine, () => answerChallenge(engine.world, id, { challenge, passed }));
    return reply.redirect((await nextUrl(engine, id, outcome)) ?? `/c/pay/${id}`, 303);
  });
}

function purposeOf(session: Stripe.Checkout.Session): string {
  const [amount, currency] = [session.amount_total ?? 0, session.currency ?? "usd"];
  if (amount === 0) return "saving your card for later payments";
  return `a payment of ${money(amount, currency, localeOf(session.locale, currency))}`;
}

function show(engine: Engine, id: string, reply: FastifyReply): FastifyReply {
  const session = engine.store.get("sessions", id);
  if (session?.status !== "open") return sendPage(reply, closedPage(session));
  const problem = engine.store.get("checkoutPlans", id)?.lastError ?? null;
  return render(engine, session, { reply, fields: {}, errors: {}, problem });
}

interface Shown {
  reply: FastifyReply;
  fields: FormFields;
  errors: FieldErrors;
  problem: string | null;
}

function render(engine: Engine, session: Stripe.Checkout.Session, { reply, ...shown }: Shown): FastifyReply {
  const plan = engine.store.get("checkoutPlans", session.id);
  if (plan === undefined) return sendPage(reply, closedPage(undefined));
  const terms = checkoutTerms(engine.world, session, plan);
  return sendPage(reply, checkoutPage({ world: engine.world, session, terms, ...shown }));
}

async function submit(
  engine: Engine,
  request: FastifyRequest<PayPath>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const id = request.params.session;
  const session = engine.store.get("sessions", id);
  const plan = engine.store.get("checkoutPlans", id);
  const wantsJson = String(request.headers.accept).includes("application/json");
  if (session?.status !== "open" || plan === undefined) {
    const url = session?.status === "complete" ? successUrl(session) : `/c/pay/${id}`;
    return wantsJson ? reply.send({ next: "go", url }) : reply.redirect(url, 303);
  }
  const fields = fieldsOf(request);
  const { needsCard } = checkoutTerms(engine.world, session, plan);
  const { card, errors } = needsCard ? readCard(fields, engine.world.now()) : { card: null, errors: {} };
  checkContact(session, fields, errors);
  if (Object.keys(errors).length > 0) {
    if (wantsJson) return reply.send({ next: "stay", errors });
    return render(engine, session, { reply, fields, errors, problem: null });
  }
  const outcome = inOneStep(engine, () =>
    payCheckout(engine.world, id, { card, email: fields["email"] ?? null }),
  );
  const url = await nextUrl(engine, id, outcome);
  if (url !== null) return wantsJson ? reply.send({ next: "go", url }) : reply.redirect(url, 303);
  const problem = outcome.kind === "declined" ? outcome.decline.message : "Enter a card.";
  if (wantsJson) return reply.send({ next: "stay", problem });
  return render(engine, session, { reply, fields, errors: {}, problem });
}

/** E-mail where none is known yet, and consent where it is asked for. */
function checkContact(session: Stripe.Checkout.Session, fields: FormFields, errors: FieldErrors): void {
  const known = session.customer_details?.email ?? session.customer_email;
  if (known === null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(fields["email"] ?? ""))
    errors.email = "Enter your email address.";
  if (session.consent !== null && fields["termsOfServiceConsentCheckbox"] !== "true") {
    errors.termsOfServiceConsentCheckbox = "Agree to the terms of service to go on.";
  }
}

/** Where the page goes next; null where it stays. After a payment it first waits for the shop's answer. */
async function nextUrl(engine: Engine, id: string, outcome: CheckoutOutcome): Promise<string | null> {
  if (outcome.kind === "challenge") return `/c/pay/${id}/challenge/${outcome.challenge}`;
  if (outcome.kind === "closed")
    return outcome.status === "complete" ? successUrl(engine.store.get("sessions", id)) : `/c/pay/${id}`;
  if (outcome.kind !== "complete") return null;
  const event = engine.store
    .all("events")
    .findLast((row) => row.type === "checkout.session.completed" && row.data.object.id === id);
  if (event !== undefined) await engine.deliveries.firstAnswer(event.id, ANSWER_LIMIT_MS);
  return successUrl(outcome.session);
}

function successUrl(session: Stripe.Checkout.Session | undefined): string {
  return (session?.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session?.id ?? "");
}

function closedPage(session: Stripe.Checkout.Session | undefined) {
  if (session === undefined) {
    const text =
      "There is no checkout at this address. It may have been made by another emulator, or before its state was reset.";
    return notice({ title: "Page not found", text, status: 404 });
  }
  if (session.status === "complete") {
    const text = "You're all done here: this checkout was completed, and it can be paid only once.";
    return notice({
      title: "Payment already completed",
      text,
      link: { href: successUrl(session), label: "Continue" },
    });
  }
  const link = session.cancel_url === null ? null : { href: session.cancel_url, label: "Go back" };
  const text = "This checkout can no longer be paid. Nothing was charged. Go back to start a new one.";
  return notice({ title: "This checkout has expired", text, link, status: 410 });
}
