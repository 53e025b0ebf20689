import type { FastifyInstance } from "fastify";
import type Stripe from "stripe";
import { answerAuthentication } from "../billing/answer-authentication.ts";
import type { Engine } from "../engine.ts";
import { bodyOf } from "./json-body.ts";

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

/** `/_emulator/payment_intents/<id>/authenticate` and the same for setup intents: what a customer does at the bank. */
export function serveAuthentication(app: FastifyInstance, engine: Engine): void {
  for (const noun of ["payment_intents", "setup_intents"])
    app.post<{ Params: { id: string } }>(`/_emulator/${noun}/:id/authenticate`, (request) => {
      const { outcome } = bodyOf(request);
      if (outcome !== "pass" && outcome !== "fail") throw new RangeError('Send {outcome: "pass" | "fail"}.');
      return authenticate(engine, request.params.id, outcome);
    });
}

/** Passes or fails the challenge of an intent; answers the intent. Throws a RangeError when it waits for none. */
export function authenticate(engine: Engine, id: string, outcome: "pass" | "fail"): Intent {
  try {
    const intent = answerAuthentication(engine.world, id, outcome === "pass");
    if (intent === null) throw new RangeError(`${id} waits for no authentication.`);
    engine.store.commit();
    return intent;
  } catch (error) {
    engine.store.rollback();
    throw error;
  } finally {
    engine.look();
  }
}
