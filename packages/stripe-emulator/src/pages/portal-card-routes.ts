import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answerCardChallenge, tryNewCard, waitingCard } from "../billing/change-card.ts";
import type { Engine } from "../engine.ts";
import { bankPage } from "./bank-page.ts";
import { readCard } from "./card-form.ts";
import { sendPage } from "./document.ts";
import { fieldsOf, inOneStep } from "./form-post.ts";
import { merchantOf } from "./order-name.ts";
import { cardPage } from "./portal-steps.ts";
import { backTo, gone, inPortalTime, type PortalPath, viewOf } from "./portal-view.ts";

/** A new card in the portal, with the bank's question where the card asks for it. */
export function servePortalCard(app: FastifyInstance, engine: Engine): void {
  app.get<PortalPath>("/p/session/:session/card", (request, reply) => {
    const view = viewOf(engine, request);
    return view === null
      ? gone(request, reply)
      : sendPage(reply, cardPage(view, { fields: {}, errors: {}, problem: null }));
  });
  app.post<PortalPath>("/p/session/:session/card", (request, reply) => saveCard(engine, request, reply));
  app.get<PortalPath>("/p/session/:session/card/challenge/:intent", (request, reply) => {
    const view = viewOf(engine, request);
    if (view === null) return gone(request, reply);
    const { session, customer, locale, world } = view;
    const method = waitingCard(world, customer.id, request.params.intent);
    if (method === null) return reply.redirect(`/p/session/${session.id}/card`, 303);
    const page = bankPage({
      action: `/p/session/${session.id}/card/challenge/${request.params.intent}`,
      locale,
      amount: 0,
      currency: customer.currency ?? "sek",
      now: inPortalTime(view, () => world.now()),
      merchant: merchantOf(session.return_url) ?? locale.words.emulator,
      last4: method.card?.last4 ?? "",
      leadsTo: [session.return_url, backTo(view, "card")],
    });
    return sendPage(reply, page);
  });
  app.post<PortalPath>("/p/session/:session/card/challenge/:intent", (request, reply) => {
    const view = viewOf(engine, request);
    if (view === null) return gone(request, reply);
    const answer = { intent: request.params.intent, passed: fieldsOf(request)["answer"] === "complete" };
    const verdict = inOneStep(engine, () =>
      inPortalTime(view, () => answerCardChallenge(engine.world, view.customer.id, answer)),
    );
    if (verdict.kind !== "declined") return reply.redirect(backTo(view, "card"), 303);
    const problem = view.locale.words.decline[verdict.decline.message] ?? verdict.decline.message;
    return sendPage(reply, cardPage(view, { fields: {}, errors: {}, problem }));
  });
}

function saveCard(engine: Engine, request: FastifyRequest<PortalPath>, reply: FastifyReply): FastifyReply {
  const view = viewOf(engine, request);
  if (view === null) return gone(request, reply);
  const wantsJson = String(request.headers.accept).includes("application/json");
  const fields = fieldsOf(request);
  const { words } = view.locale;
  const { card, errors } = readCard(
    fields,
    inPortalTime(view, () => engine.world.now()),
    words,
  );
  if (card === null) {
    if (wantsJson) return reply.send({ next: "stay", errors });
    return sendPage(reply, cardPage(view, { fields, errors, problem: null }));
  }
  const { verdict, intent } = inOneStep(engine, () =>
    inPortalTime(view, () => tryNewCard(engine.world, view.customer.id, { card, challengePassed: false })),
  );
  if (verdict.kind === "declined") {
    const problem = words.decline[verdict.decline.message] ?? verdict.decline.message;
    return wantsJson
      ? reply.send({ next: "stay", problem })
      : sendPage(reply, cardPage(view, { fields, errors: {}, problem }));
  }
  const url =
    verdict.kind === "challenge"
      ? `/p/session/${view.session.id}/card/challenge/${intent}`
      : backTo(view, "card");
  return wantsJson ? reply.send({ next: "go", url }) : reply.redirect(url, 303);
}
