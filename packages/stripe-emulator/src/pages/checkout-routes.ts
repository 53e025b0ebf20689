import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type Stripe from "stripe";
import { applyPromotionCode, removePromotionCode } from "../billing/apply-promotion.ts";
import { type CheckoutTerms, checkoutTerms } from "../billing/checkout-terms.ts";
import { answerChallenge, type CheckoutOutcome, payCheckout } from "../billing/pay-checkout.ts";
import { inTimeOf } from "../billing/test-clock.ts";
import type { Engine } from "../engine.ts";
import type { CheckoutPlan } from "../store/tables.ts";
import { bankPage } from "./bank-page.ts";
import type { FieldErrors, FormFields } from "./card-form.ts";
import { checkoutPage, type PromotionSaid } from "./checkout-page.ts";
import { readPayer } from "./checkout-payer.ts";
import { closedPage, successUrl } from "./closed-checkout.ts";
import { sendPage } from "./document.ts";
import { fieldsOf, inOneStep } from "./form-post.ts";
import { type Locale, localeFor } from "./language.ts";
import { merchantOf } from "./order-name.ts";

/** How long the page waits for the answer to `checkout.session.completed` before it leads on (docs.stripe.com/checkout/fulfillment). */
const ANSWER_LIMIT_MS = 10_000;

type PayPath = {
  Params: { session: string; challenge: string };
  Querystring: { promotion?: string; code?: string; reason?: string };
};
type PayRequest = FastifyRequest<PayPath>;

/** The hosted checkout pages under `/c/pay`. */
export function serveCheckout(app: FastifyInstance, engine: Engine): void {
  app.get<PayPath>("/c/pay/:session", (request, reply) => show(engine, request, { reply }));
  app.post<PayPath>("/c/pay/:session", (request, reply) => submit(engine, request, reply));
  app.post<PayPath>("/c/pay/:session/promotion-code", (request, reply) => addCode(engine, request, reply));
  app.post<PayPath>("/c/pay/:session/promotion-code/remove", (request, reply) => {
    const { session: id } = request.params;
    inOneStep(engine, () => removePromotionCode(engine.world, id));
    return reply.redirect(`/c/pay/${id}?promotion=removed`, 303);
  });
  app.get<PayPath>("/c/pay/:session/challenge/:challenge", (request, reply) => {
    const { session: id, challenge } = request.params;
    const session = engine.store.get("sessions", id);
    const waiting = engine.store.get("checkoutPlans", id)?.challenge;
    if (session?.status !== "open" || waiting?.id !== challenge) return show(engine, request, { reply });
    return sendPage(
      reply,
      bankPage({
        action: `/c/pay/${id}/challenge/${challenge}`,
        locale: localeOf(engine, request, id),
        amount: session.amount_total ?? 0,
        currency: session.currency ?? "usd",
        now: inItsTime(engine, session, () => engine.world.now()),
        merchant: merchantOf(session.success_url) ?? "–",
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

interface Shown {
  fields?: FormFields;
  errors?: FieldErrors;
  problem?: string | null;
}

function show(
  engine: Engine,
  request: PayRequest,
  { reply, ...shown }: Shown & { reply: FastifyReply },
): FastifyReply {
  const id = request.params.session;
  const locale = localeOf(engine, request, id);
  const session = engine.store.get("sessions", id);
  const plan = engine.store.get("checkoutPlans", id);
  if (session?.status !== "open" || plan === undefined)
    return sendPage(reply, closedPage(plan === undefined ? undefined : session, locale));
  const { fields = typedBefore(plan), errors = {} } = shown;
  const problem = translated(locale, shown.problem === undefined ? plan.lastError : shown.problem);
  return inItsTime(engine, session, () => {
    const terms = termsOf(engine, session);
    const promotion = promotionSaid(request.query, terms, locale);
    const view = { world: engine.world, session, terms, locale, fields, errors, problem, promotion };
    return sendPage(reply, checkoutPage(view));
  });
}

/** What the customer typed before going to the bank; the card is asked for again. */
function typedBefore({ typed }: CheckoutPlan): FormFields {
  const { email, name, country } = typed ?? {};
  return {
    ...(email && { email }),
    ...(name && { billingName: name }),
    ...(country && { billingCountry: country }),
  };
}

async function submit(engine: Engine, request: PayRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = request.params.session;
  const session = engine.store.get("sessions", id);
  const wantsJson = String(request.headers.accept).includes("application/json");
  if (session?.status !== "open" || engine.store.get("checkoutPlans", id) === undefined) {
    const url = session?.status === "complete" ? successUrl(session) : `/c/pay/${id}`;
    return wantsJson ? reply.send({ next: "go", url }) : reply.redirect(url, 303);
  }
  const locale = localeOf(engine, request, id);
  const fields = fieldsOf(request);
  const { errors, payer } = inItsTime(engine, session, () => {
    const { needsCard } = termsOf(engine, session);
    return readPayer(engine.world, session, { fields, locale, needsCard });
  });
  if (Object.keys(errors).length > 0) {
    if (wantsJson) return reply.send({ next: "stay", errors });
    return show(engine, request, { reply, fields, errors, problem: null });
  }
  const outcome = inOneStep(engine, () => payCheckout(engine.world, id, payer()));
  const url = await nextUrl(engine, id, outcome);
  if (url !== null) return wantsJson ? reply.send({ next: "go", url }) : reply.redirect(url, 303);
  const refusal = outcome.kind === "declined" ? outcome.decline.message : locale.words.wrong.noCard;
  const problem = translated(locale, refusal);
  if (wantsJson) return reply.send({ next: "stay", problem });
  return show(engine, request, { reply, fields, problem });
}

/** The answer stands in the address, so that the page can be read again without sending the code again. */
function addCode(engine: Engine, request: PayRequest, reply: FastifyReply): FastifyReply {
  const id = request.params.session;
  const code = (fieldsOf(request)["promotionCode"] ?? "").trim();
  const outcome = inOneStep(engine, () => applyPromotionCode(engine.world, id, code));
  const query: Record<string, string> =
    outcome.kind === "ok" ? { promotion: "applied" } : { promotion: "refused", code, reason: outcome.reason };
  return reply.redirect(`/c/pay/${id}?${new URLSearchParams(query)}`, 303);
}

function promotionSaid(
  { promotion, code = "", reason = "" }: PayPath["Querystring"],
  { discount }: CheckoutTerms,
  { words: { promotion: words } }: Locale,
): PromotionSaid | null {
  if (promotion === "removed") return { typed: "", problem: null, said: words.removed };
  if (promotion === "applied" && discount !== null)
    return { typed: "", problem: null, said: words.applied(discount.code ?? discount.name) };
  if (promotion !== "refused") return null;
  const refused = Object.hasOwn(words.refused, reason) ? words.refused[reason] : undefined;
  const problem = code === "" ? words.missing : (refused ?? words.invalid);
  return { typed: code, problem, said: null };
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

function termsOf(engine: Engine, session: Stripe.Checkout.Session): CheckoutTerms {
  const plan = engine.store.get("checkoutPlans", session.id);
  if (plan === undefined) throw new Error(`No plan of ${session.id}`);
  return checkoutTerms(engine.world, session, plan);
}

function inItsTime<R>(engine: Engine, { customer }: Stripe.Checkout.Session, work: () => R): R {
  return inTimeOf(engine.world, typeof customer === "string" ? customer : null, work);
}

function localeOf(engine: Engine, request: FastifyRequest, id: string): Locale {
  const session = engine.store.get("sessions", id);
  return localeFor(request, session?.locale ?? null, session?.currency ?? null);
}

/** Stripe's refusals in the language of the page. */
function translated({ words }: Locale, message: string | null): string | null {
  return message === null ? null : (words.decline[message] ?? message);
}
