import { countDelivery, createEventStore, type Deps, receiveEvent } from "@liveassist/api";
import type { FastifyInstance, FastifyPluginAsync } from "fastify";

/** Stripe's events are a few kilobytes; this is far above the largest. */
const MOST_BYTES = 1_000_000;
const PATHS = ["/api/webhooks/stripe", "/api/subscriptions/webhook"];

/** The webhook route: raw body, answered only after the commit (design I1). In a scope of its own, for its body parser. */
export async function serveStripeWebhook(root: FastifyInstance, deps: Deps): Promise<void> {
  const store = createEventStore(deps.db);
  const scope: FastifyPluginAsync = async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    for (const url of PATHS) {
      app.post(url, { bodyLimit: MOST_BYTES }, async (request) => {
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const header = request.headers["stripe-signature"];
        const signature = Array.isArray(header) ? header[0] : header;
        const delivery = { rawBody, signature };
        const { outcome } = await countDelivery(deps, delivery, () => receiveEvent(deps, store, delivery));
        return outcome === "skipped" ? { received: true, skipped: true } : { received: true };
      });
    }
  };
  await root.register(scope);
}
