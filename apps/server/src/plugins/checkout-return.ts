import "@fastify/cookie";
import { type Deps, RETURN_COOKIE, RETURN_PATH, redeemReturnToken, syncReturn } from "@liveassist/api";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Auth } from "../adapters/auth.ts";
import type { Logins } from "../logins.ts";

interface Parts {
  readonly deps: Deps;
  readonly auth: Auth;
  readonly logins: Logins;
}

/**
 * Where Stripe sends people back to. Asks Stripe itself, so that the purchase counts even if no webhook ever comes; and
 * restores a lost login when the one-time cookie and the session id belong together and Stripe calls the session complete.
 */
export function serveCheckoutReturn(app: FastifyInstance, parts: Parts): void {
  app.get<{ Querystring: { session_id?: string } }>(RETURN_PATH, async (request, reply) => {
    const sessionId = request.query.session_id;
    if (typeof sessionId !== "string" || sessionId === "" || sessionId.length > 255) {
      return reply.redirect("/?subscription=cancelled", 303);
    }
    const complete = await syncReturn(parts.deps, sessionId);
    const { login } = await parts.logins.find(request.headers.cookie);
    const token = request.cookies[RETURN_COOKIE];
    // Kept when Stripe was too slow to say: the token still works at the next try, until it expires. Who comes back signed
    // in uses it up, too: whoever signs out afterwards must not be signed in again by the browser's history.
    if (token !== undefined && complete) {
      const userId = await redeemReturnToken(parts.deps, token, sessionId);
      // Another checkout's cookie stays: that one may still be open.
      if (userId !== null) void reply.clearCookie(RETURN_COOKIE, { path: RETURN_PATH });
      if (userId !== null && !login) await restore(parts, { userId, sessionId, reply });
    }
    return reply
      .header("cache-control", "no-store")
      .redirect(`/?subscription=success&session_id=${encodeURIComponent(sessionId)}`, 303);
  });
}

async function restore(
  { deps, auth }: Parts,
  { userId, sessionId, reply }: { userId: string; sessionId: string; reply: FastifyReply },
): Promise<void> {
  const answer = await auth.api.restoreLogin({ body: { userId }, asResponse: true });
  for (const cookie of answer.headers.getSetCookie()) void reply.header("set-cookie", cookie);
  deps.log.info({ userId, sessionId }, "login restored on return from checkout");
}
