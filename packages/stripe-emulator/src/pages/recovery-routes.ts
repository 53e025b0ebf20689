import type { FastifyInstance } from "fastify";
import { recoverCheckout } from "../billing/recover-checkout.ts";
import type { Engine } from "../engine.ts";
import { inOneStep } from "./form-post.ts";

/** The link of an expired checkout (`after_expiration.recovery.url`): leads to a new one like it. */
export function serveRecovery(app: FastifyInstance, engine: Engine): void {
  app.get<{ Params: { session: string } }>("/c/recover/:session", (request, reply) => {
    const { session: id } = request.params;
    const fresh = inOneStep(engine, () => recoverCheckout(engine.world, id));
    return reply.redirect(`/c/pay/${fresh?.id ?? id}`, 303);
  });
}
