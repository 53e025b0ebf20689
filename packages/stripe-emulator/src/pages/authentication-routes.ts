import type { FastifyInstance } from "fastify";
import { answerAuthentication, challengedIntent } from "../billing/answer-authentication.ts";
import type { Engine } from "../engine.ts";
import { bankPage } from "./bank-page.ts";
import { notice, sendPage } from "./document.ts";
import { fieldsOf, inOneStep } from "./form-post.ts";
import { localeOf, money } from "./money.ts";

type Path = { Params: { id: string } };

/** The bank's page of an intent that was confirmed with a `return_url`, and the way back from it. */
export function serveAuthenticationPage(app: FastifyInstance, engine: Engine): void {
  const nothing = {
    title: "Nothing to confirm",
    text: "This payment waits for no confirmation.",
    status: 404,
  };
  app.get<Path>("/authenticate/:id", (request, reply) => {
    const intent = challengedIntent(engine.world, request.params.id);
    if (intent === null) return sendPage(reply, notice(nothing));
    const purpose =
      intent.object === "payment_intent"
        ? `a payment of ${money(intent.amount, intent.currency, localeOf(null, intent.currency))}`
        : "that this card is saved";
    const last4 = engine.store.get("paymentMethods", String(intent.payment_method))?.card?.last4 ?? "";
    const leadsTo = [intent.next_action?.redirect_to_url?.return_url ?? null];
    return sendPage(reply, bankPage({ action: `/authenticate/${intent.id}`, purpose, last4, leadsTo }));
  });
  app.post<Path>("/authenticate/:id", (request, reply) => {
    const intent = challengedIntent(engine.world, request.params.id);
    if (intent === null) return sendPage(reply, notice(nothing));
    const passed = fieldsOf(request)["answer"] === "complete";
    const after = inOneStep(engine, () => answerAuthentication(engine.world, intent.id, passed)) ?? intent;
    const way = intent.next_action?.redirect_to_url?.return_url;
    if (!way) return sendPage(reply, notice({ title: "Done", text: "You can close this window." }));
    const back = new URL(way);
    back.searchParams.set(intent.object, intent.id);
    back.searchParams.set(`${intent.object}_client_secret`, String(intent.client_secret));
    const failed = after.status === "requires_payment_method";
    back.searchParams.set("redirect_status", failed ? "failed" : "succeeded");
    return reply.redirect(back.href, 303);
  });
}
