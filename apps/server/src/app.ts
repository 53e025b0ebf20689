import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import { AppError } from "@liveassist/shared/errors";
import Fastify, { type FastifyInstance } from "fastify";
import { type Config, isLoopbackUrl } from "./config.ts";
import type { Running } from "./deps.ts";
import { createLogins } from "./logins.ts";
import { serveAuth } from "./plugins/auth-routes.ts";
import { createCallContext } from "./plugins/call-context.ts";
import { serveCheckoutReturn } from "./plugins/checkout-return.ts";
import { serveDocs } from "./plugins/docs.ts";
import { handleErrors, sendError } from "./plugins/errors.ts";
import { serveFiles } from "./plugins/files.ts";
import { serveHealth } from "./plugins/health.ts";
import { countRequests } from "./plugins/in-flight.ts";
import { readJsonBodies } from "./plugins/json-bodies.ts";
import { serveLive } from "./plugins/live.ts";
import { serveMetrics } from "./plugins/metrics.ts";
import { originCheck, refuseForeignOrigins } from "./plugins/origin.ts";
import { serveRest } from "./plugins/rest.ts";
import { serveStripeWebhook } from "./plugins/stripe-webhook.ts";
import { serveTrpc } from "./plugins/trpc-http.ts";
import { serveUploads } from "./plugins/uploads.ts";
import { serveWeb } from "./plugins/web.ts";

/** The longest message, with each of its characters escaped as some clients do, takes 96 kB. */
const MOST_BYTES = 256 * 1024;

export interface AppSettings {
  /** Folder of the built web app; without an index.html in it only the API is served. */
  readonly webFolder: string;
  readonly trustProxy: Config["TRUST_PROXY"];
  /** Verified addresses that are administrators. */
  readonly adminEmails: readonly string[];
  /** What `/metrics` asks for, unless the app is on loopback. */
  readonly metricsToken?: string | undefined;
}

const CONTENT_SECURITY = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:", "blob:"],
  mediaSrc: ["'self'", "blob:"],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  formAction: ["'self'"],
  baseUri: ["'self'"],
};

/** Puts the host together from its parts; it never listens. Closing it does not stop the deps. */
export async function buildApp(running: Running, settings: AppSettings): Promise<FastifyInstance> {
  const { deps, auth, vitals } = running;
  const isHttps = deps.settings.appUrl.startsWith("https:");
  const app = Fastify({
    bodyLimit: MOST_BYTES,
    trustProxy: settings.trustProxy,
    routerOptions: { maxParamLength: 2_000 },
    forceCloseConnections: true,
    frameworkErrors: (_error, _request, reply) =>
      sendError(reply, new AppError("INVALID_INPUT", "The address is not valid.")),
  });
  const isOwn = originCheck(deps.settings.appUrl);
  const logins = createLogins(deps, auth, settings.adminEmails);
  const context = createCallContext(deps, logins);
  countRequests(app, vitals);
  handleErrors(app, deps);
  readJsonBodies(app);
  refuseForeignOrigins(app, isOwn);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY },
    hsts: isHttps,
    crossOriginEmbedderPolicy: false,
  });
  await app.register(cookie);
  serveHealth(app, running);
  const isOpen = isLoopbackUrl(deps.settings.appUrl);
  serveMetrics(app, running.metrics, { token: settings.metricsToken, isOpen });
  await serveStripeWebhook(app, deps);
  serveAuth(app, { deps, auth, logins });
  serveCheckoutReturn(app, { deps, auth, logins });
  await serveUploads(app, { deps, logins, ...running.uploads });
  serveFiles(app, { deps, logins });
  serveTrpc(app, context);
  serveRest(app, context);
  serveDocs(app, deps);
  serveLive(app, { deps, vitals, logins, isOwn });
  await serveWeb(app, settings.webFolder);
  return app;
}
