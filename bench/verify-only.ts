import type { FastifyInstance } from "fastify";
import type { Deps } from "../packages/api/src/index.ts";

export const VERIFY_ONLY = "/bench/verify-only";

/**
 * The bare layer of the webhook: in the very same app, so behind the same hooks and headers, the raw body and the
 * signature check, and then the answer. Nothing is read out of the event, logged or stored.
 */
export function addVerifyOnly(root: FastifyInstance, deps: Deps): void {
  root.register(async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: 1_000_000 }, (_request, body, done) =>
      done(null, body),
    );
    app.post(VERIFY_ONLY, async (request) => {
      const signature = request.headers["stripe-signature"];
      deps.stripe.verifyWebhook(request.body as Buffer, String(signature));
      return { received: true };
    });
  });
}
