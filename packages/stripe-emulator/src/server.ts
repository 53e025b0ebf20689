import Fastify, { type FastifyInstance } from "fastify";
import { failureOf, refuseWhileDown, strikeCalls } from "./chaos/strike-call.ts";
import { serveAuthentication } from "./control/authentication-routes.ts";
import { serveChaos } from "./control/chaos-routes.ts";
import { serveControl } from "./control/control-routes.ts";
import { serveDeliveries } from "./control/delivery-routes.ts";
import { serveDisputes } from "./control/dispute-routes.ts";
import { serveSnapshots } from "./control/snapshot-routes.ts";
import type { Engine } from "./engine.ts";
import { serveApi } from "./http/api.ts";
import { refuseAddress, refuseGarbage } from "./http/refuse-garbage.ts";
import { serveAuthenticationPage } from "./pages/authentication-routes.ts";
import { serveCheckout } from "./pages/checkout-routes.ts";
import { serveControlPage } from "./pages/control-page-routes.ts";
import { serveInvoices } from "./pages/invoice-routes.ts";
import { answerPageErrors } from "./pages/page-errors.ts";
import { servePortal } from "./pages/portal-routes.ts";
import { serveReceipts } from "./pages/receipt-page.ts";
import { serveRecovery } from "./pages/recovery-routes.ts";
import { serveStartPage } from "./pages/start-page.ts";

export interface ServerOptions {
  engine: Engine;
  secretKey: string | undefined;
  latency: () => number;
  reset: () => void;
  restore: (id: string) => void;
  onError: (text: string) => void;
}

/** Stripe's API, the hosted pages and the control API on one port, each with its own error shape. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const { engine, onError } = options;
  const app = Fastify({
    genReqId: () => engine.world.id("req"),
    bodyLimit: 1_000_000,
    routerOptions: { maxParamLength: 5000 },
    forceCloseConnections: true,
    // No route has a schema: without these, the compilers for them are loaded at every start (40 ms).
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    // What never becomes a request of ours: an address that is none, a message that is no HTTP.
    frameworkErrors: (_error, _request, reply) => {
      reply.hijack();
      refuseAddress(reply.raw);
    },
    clientErrorHandler: refuseGarbage,
  });
  app.removeAllContentTypeParsers();
  app.register(async (api) => {
    strikeCalls(api, engine.chaos);
    serveApi(api, {
      world: engine.world,
      secretKey: options.secretKey,
      latency: options.latency,
      failure: failureOf,
      onDone: () => engine.look(),
      onError,
    });
  });
  app.register(async (control) => {
    readBodiesAsText(control);
    serveControl(control, { engine, reset: options.reset });
    serveDeliveries(control, engine);
    serveSnapshots(control, engine, options.restore);
    serveChaos(control, engine);
    serveDisputes(control, engine);
    serveAuthentication(control, engine);
  });
  app.register(async (own) => {
    readBodiesAsText(own);
    serveStartPage(own, engine);
    own.register(async (guarded) =>
      serveControlPage(guarded, { engine, reset: options.reset, restore: options.restore }),
    );
  });
  app.register(async (pages) => {
    readBodiesAsText(pages);
    answerPageErrors(pages, onError);
    refuseWhileDown(pages, engine.chaos);
    serveCheckout(pages, engine);
    serveRecovery(pages, engine);
    servePortal(pages, engine);
    serveInvoices(pages, engine);
    serveAuthenticationPage(pages, engine);
    serveReceipts(pages, engine);
  });
  return app;
}

function noSchemas(): never {
  throw new Error("The emulator's routes have no schemas: its parameters have readers of their own.");
}

function readBodiesAsText(app: FastifyInstance): void {
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
}
