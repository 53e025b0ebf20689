import type { FastifyInstance } from "fastify";
import { answerAuthentication, challengedIntent } from "../billing/answer-authentication.ts";
import { nowOf } from "../billing/test-clock.ts";
import type { Engine } from "../engine.ts";
import { bankPage } from "./bank-page.ts";
import { notice, sendPage } from "./document.ts";
import { fieldsOf, inOneStep } from "./form-post.ts";
import { localeFor } from "./language.ts";
import { merchantOf } from "./order-name.ts";

type Path = { Params: { id: string } };

/** The bank's page of an intent that was confirmed with a `return_url`, and the way back from it. */
export function serveAuthenticationPage(app: FastifyInstance, engine: Engine): void {
  app.get<Path>("/authenticate/:id", (request, reply) => {
    const intent = challengedIntent(engine.world, request.params.id);
    const isPayment = intent?.object === "payment_intent";
    const locale = localeFor(request, null, isPayment ? intent.currency : null);
    const { nothing: title, nothingText: text } = locale.words.bank;
    if (intent === null) return sendPage(reply, notice({ title, text, status: 404, locale }));
    const way = intent.next_action?.redirect_to_url?.return_url ?? null;
    const customer = typeof intent.customer === "string" ? intent.customer : null;
    const page = bankPage({
      action: `/authenticate/${intent.id}`,
      locale,
      amount: isPayment ? intent.amount : 0,
      currency: isPayment ? intent.currency : "usd",
      now: nowOf(engine.world, customer),
      merchant: merchantOf(way) ?? locale.words.emulator,
      last4: engine.store.get("paymentMethods", String(intent.payment_method))?.card?.last4 ?? "",
      leadsTo: [way],
    });
    return sendPage(reply, page);
  });
  app.post<Path>("/authenticate/:id", (request, reply) => {
    const intent = challengedIntent(engine.world, request.params.id);
    const locale = localeFor(request, null, null);
    const { bank: words } = locale.words;
    if (intent === null)
      return sendPage(reply, notice({ title: words.nothing, text: words.nothingText, status: 404, locale }));
    const passed = fieldsOf(request)["answer"] === "complete";
    const after = inOneStep(engine, () => answerAuthentication(engine.world, intent.id, passed)) ?? intent;
    const way = intent.next_action?.redirect_to_url?.return_url;
    if (!way) return sendPage(reply, notice({ title: words.done, text: words.doneText, locale }));
    const back = new URL(way);
    back.searchParams.set(intent.object, intent.id);
    back.searchParams.set(`${intent.object}_client_secret`, String(intent.client_secret));
    const failed = after.status === "requires_payment_method";
    back.searchParams.set("redirect_status", failed ? "failed" : "succeeded");
    return reply.redirect(back.href, 303);
  });
}
