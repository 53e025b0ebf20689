import { authInputs } from "@liveassist/shared/inputs/auth";
import { z } from "zod";

type Json = Record<string, unknown>;

export const jsonBody = (schema: Json): Json => ({ content: { "application/json": { schema } } });
export const failure = (description: string): Json => ({
  description,
  content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
});

const AUTH_SUMMARIES: Record<keyof typeof authInputs, string> = {
  "sign-up/email": "Make an account, and sign in",
  "sign-in/email": "Sign in",
  "sign-out": "Sign out; the login's sockets are closed",
  "request-password-reset": "Ask for a mail with a link to choose a new password",
  "reset-password": "Choose a new password with the token of that mail",
  "change-password": "Change the password",
  "update-user": "Change the name",
  "send-verification-email": "Ask again for the mail that verifies the address",
  "revoke-other-sessions": "Sign out everywhere else",
};

/** Who calls these is not signed in yet, or cannot be. */
const WITHOUT_LOGIN: ReadonlySet<string> = new Set([
  "sign-up/email",
  "sign-in/email",
  "request-password-reset",
  "reset-password",
  "send-verification-email",
]);

function authPaths(): Json {
  return Object.fromEntries(
    Object.entries(authInputs).map(([path, schema]) => [
      `/api/auth/${path}`,
      {
        post: {
          tags: ["auth"],
          summary: AUTH_SUMMARIES[path as keyof typeof authInputs],
          ...(WITHOUT_LOGIN.has(path) ? { security: [] } : {}),
          requestBody: { required: true, ...jsonBody(z.toJSONSchema(schema, { io: "input" }) as Json) },
          responses: {
            200: {
              description: "Done; signing up and in set an httpOnly session cookie",
              ...jsonBody({ type: "object" }),
            },
            "4XX": failure("Refused"),
          },
        },
      },
    ]),
  );
}

const webhook = (isAlias: boolean): Json => ({
  post: {
    tags: ["webhooks"],
    summary: `Stripe's events, raw body and signature${isAlias ? " (alias)" : ""}`,
    security: [],
    parameters: [{ name: "Stripe-Signature", in: "header", required: true, schema: { type: "string" } }],
    requestBody: {
      required: true,
      ...jsonBody({ type: "object", description: "A Stripe event, exactly as it was signed" }),
    },
    responses: {
      200: {
        description: "Stored durably; `skipped` when it was already processed",
        ...jsonBody({
          type: "object",
          required: ["received"],
          properties: { received: { const: true }, skipped: { const: true } },
        }),
      },
      400: failure("Bad, missing or stale signature, or not an event"),
      "5XX": failure("Could not be stored; Stripe tries again"),
    },
  },
});

const check = (properties: Json): Json => ({
  type: "object",
  required: ["ok"],
  properties: { ok: { type: "boolean" }, ...properties },
});

const readiness = jsonBody({
  type: "object",
  required: ["status", "checks"],
  properties: {
    status: { enum: ["ready", "degraded", "unavailable"] },
    checks: {
      type: "object",
      required: ["database", "migrations", "jobs", "stripe", "tail", "stopping"],
      properties: {
        database: check({ ms: { type: "integer" } }),
        migrations: check({ applied: { type: "integer" }, expected: { type: "integer" } }),
        jobs: check({
          late: {
            type: "array",
            items: { type: "string" },
            description: "Names of jobs that hang or are over a minute behind",
          },
        }),
        stripe: check({ last_success_age_seconds: { type: ["integer", "null"] } }),
        tail: check({ lag_ms: { type: "integer", description: "How far sockets are behind what happened" } }),
        stopping: { type: "boolean", description: "It lets end what it began, and will be gone in seconds" },
      },
    },
  },
});

const health = (summary: string, responses: Json): Json => ({
  get: { tags: ["health"], summary, security: [], responses },
});

/** The paths that are not procedures. */
export const fixedPaths: Json = {
  ...authPaths(),
  "/api/webhooks/stripe": webhook(false),
  "/api/subscriptions/webhook": webhook(true),
  "/api/checkout/return": {
    get: {
      tags: ["checkout"],
      summary: "Where Stripe sends people back to",
      security: [],
      parameters: [{ name: "session_id", in: "query", schema: { type: "string" } }],
      responses: {
        303: { description: "To `/?subscription=success&session_id=…` or `/?subscription=cancelled`" },
      },
    },
  },
  "/metrics": {
    get: {
      tags: ["health"],
      summary: "Counters in Prometheus' text format; METRICS_TOKEN as a bearer token, unless on loopback",
      security: [],
      responses: {
        200: { description: "The counters", content: { "text/plain": { schema: { type: "string" } } } },
        401: failure("The token is missing or wrong"),
      },
    },
  },
  "/healthz": health("Does the process answer?", {
    200: {
      description: "Yes",
      ...jsonBody({ type: "object", required: ["status"], properties: { status: { const: "ok" } } }),
    },
  }),
  "/readyz": health("Can it do its work? Asked more than once a second, it gives the same answer", {
    200: {
      description:
        "Yes; degraded: a job is late or Stripe does not answer, and no other server would be better off",
      ...readiness,
    },
    503: {
      description: "No: database, migrations, its sync or its tail are away, or it stops",
      ...readiness,
    },
  }),
};
