import "@fastify/cookie";
import type { Context, Deps } from "@liveassist/api";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logins } from "../logins.ts";

/** Builds the context of a procedure called over HTTP: who calls by the session cookie, and how to set cookies. */
export function createCallContext(deps: Deps, logins: Logins) {
  const secure = deps.settings.appUrl.startsWith("https:");
  return async (request: FastifyRequest, reply: FastifyReply): Promise<Context> => {
    const { login, setCookies } = await logins.find(request.headers.cookie);
    for (const cookie of setCookies) void reply.header("set-cookie", cookie);
    return {
      deps,
      actor: login?.actor ?? null,
      socketId: null,
      cookies: {
        set: (name, value, { path, maxAgeSeconds }) =>
          void reply.setCookie(name, value, {
            path,
            maxAge: maxAgeSeconds,
            httpOnly: true,
            sameSite: "lax",
            secure,
          }),
      },
    };
  };
}

export type CallContext = ReturnType<typeof createCallContext>;
