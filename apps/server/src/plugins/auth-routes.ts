import type { Deps } from "@liveassist/api";
import { AppError, type ErrorCode } from "@liveassist/shared/errors";
import { type AuthPath, authInputs } from "@liveassist/shared/inputs/auth";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Auth } from "../adapters/auth.ts";
import type { Logins } from "../logins.ts";
import { sendError } from "./errors.ts";

interface Parts {
  readonly deps: Deps;
  readonly auth: Auth;
  readonly logins: Logins;
}

/** Guessing passwords or asking for mails is slowed down per address (requirements, rate limits). */
const GUESSABLE: ReadonlySet<AuthPath> = new Set([
  "sign-in/email",
  "request-password-reset",
  "send-verification-email",
]);
/** After these, a login somewhere is over: its sockets have to go (requirements, edges). */
const ENDS_LOGINS: ReadonlySet<AuthPath> = new Set(["sign-out", "change-password", "revoke-other-sessions"]);

/**
 * Serves better-auth under `/api/auth`: only the paths named in `authInputs`, bodies checked strictly, errors in the
 * contract's shape. The origin was checked before; better-auth is given our own, because it insists on one.
 */
export function serveAuth(app: FastifyInstance, parts: Parts): void {
  for (const path of Object.keys(authInputs) as AuthPath[]) {
    app.post(`/api/auth/${path}`, async (request, reply) => {
      if (GUESSABLE.has(path)) await slowDown(parts.deps, request.ip);
      const input = authInputs[path].parse(request.body ?? {});
      // A new password ends every other login, whatever the caller says (requirements, edges).
      const body = path === "change-password" ? { ...input, revokeOtherSessions: true } : input;
      const before = await parts.logins.find(request.headers.cookie);
      const answer = await ask(parts, request, { path: `/api/auth/${path}`, method: "POST", body });
      if (answer.ok && ENDS_LOGINS.has(path)) {
        parts.logins.forget(request.headers.cookie);
        const userId = before.login?.actor.userId;
        if (userId !== undefined) parts.deps.bus.nudge("logins", userId);
      }
      return hand(answer, reply);
    });
  }
  app.get("/api/auth/verify-email", async (request, reply) =>
    hand(await ask(parts, request, { path: request.url, method: "GET" }), reply),
  );
  // Every visitor's first page asks this, so it answers 200 either way: a 401 would stand red in each one's console.
  app.get("/api/auth/get-session", async (request, reply) => {
    const { login, setCookies } = await parts.logins.find(request.headers.cookie);
    for (const cookie of setCookies) void reply.header("set-cookie", cookie);
    return reply
      .header("cache-control", "no-store")
      .send({ user: login ? { id: login.actor.userId } : null });
  });
}

async function slowDown(deps: Deps, address: string): Promise<void> {
  const wait = await deps.rates.take("sign-in", address);
  if (wait === null) return;
  throw new AppError("RATE_LIMITED", `Too many attempts. Try again in ${wait} s.`, {
    retryAfterSeconds: wait,
  });
}

interface Question {
  readonly path: string;
  readonly method: "GET" | "POST";
  readonly body?: unknown;
}

function ask(
  { auth, deps }: Parts,
  request: FastifyRequest,
  { path, method, body }: Question,
): Promise<Response> {
  const { appUrl } = deps.settings;
  const headers = new Headers({ origin: new URL(appUrl).origin, "x-forwarded-for": request.ip });
  for (const name of ["cookie", "user-agent"] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  if (body !== undefined) headers.set("content-type", "application/json");
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  return auth.handler(new Request(new URL(path, appUrl), init));
}

async function hand(answer: Response, reply: FastifyReply): Promise<FastifyReply> {
  for (const cookie of answer.headers.getSetCookie()) void reply.header("set-cookie", cookie);
  const location = answer.headers.get("location");
  if (location !== null) return reply.redirect(location, 303);
  const text = await answer.text();
  if (!answer.ok) return sendError(reply, toContract(answer.status, text));
  return reply
    .header("cache-control", "no-store")
    .type("application/json; charset=utf-8")
    .send(withoutToken(text));
}

/** The token is the login itself: it lives in the httpOnly cookie and nowhere a script could read it. */
function withoutToken(text: string): string {
  const { token: _, ...rest } = parse(text) as Record<string, unknown>;
  return JSON.stringify(rest);
}

const BY_STATUS: Record<number, ErrorCode> = {
  400: "INVALID_INPUT",
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  422: "INVALID_INPUT",
};

/** better-auth's refusal in the contract's words; whatever is not known is a bug of ours. */
function toContract(status: number, text: string): AppError {
  const { code = "", message = "" } = parse(text);
  if (code.startsWith("USER_ALREADY_EXISTS"))
    return new AppError("EMAIL_TAKEN", "This e-mail address already has an account. Sign in instead.");
  if (code === "EMAIL_NOT_VERIFIED")
    return new AppError("EMAIL_NOT_VERIFIED", "Confirm your e-mail address first; we sent you a link.");
  const known = BY_STATUS[status];
  if (known === undefined) return new AppError("INTERNAL", "Something went wrong on our side. Try again.");
  return new AppError(known, message || "The request was refused.");
}

function parse(text: string): { code?: string; message?: string } {
  try {
    return (JSON.parse(text) ?? {}) as { code?: string; message?: string };
  } catch {
    return {};
  }
}
