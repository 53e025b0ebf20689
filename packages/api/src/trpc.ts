import { AppError } from "@liveassist/shared/errors";
import { initTRPC, TRPCError } from "@trpc/server";
import type { Actor, Deps, RateBucket } from "./deps.ts";
import { toAppError, trpcCodeOf } from "./error-map.ts";
import { recordAction } from "./operations/record-action.ts";
import { StripeError } from "./stripe-port.ts";

/** A cookie to set with the answer; only HTTP can, so over a WebSocket it is left out. */
export interface ResponseCookies {
  set(name: string, value: string, options: { path: string; maxAgeSeconds: number }): void;
}

/** What every procedure gets: the outside, who calls, and the HTTP answer if there is one. */
export interface Context {
  readonly deps: Deps;
  readonly actor: Actor | null;
  readonly cookies: ResponseCookies | null;
  /** Set on calls that come over a WebSocket. */
  readonly socketId: string | null;
}

export type RestMethod = "GET" | "POST" | "PATCH" | "DELETE";

/** How a procedure is served as REST; without it, it is tRPC only. */
export interface ProcedureMeta {
  readonly rest?: { readonly method: RestMethod; readonly path: `/api/${string}` };
  readonly summary?: string;
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter({ shape, error }) {
      const contract = toAppError(error).toBody();
      return { ...shape, message: contract.message, data: { ...shape.data, contract } };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Gives our errors their tRPC code, and logs the ones that are bugs. */
const errors = t.middleware(async ({ ctx, next, path }) => {
  const result = await next();
  if (result.ok) return result;
  const known = toAppError(result.error);
  const cause = result.error.cause ?? result.error;
  const isRefused = cause instanceof StripeError && cause.kind === "rejected";
  if (known.code === "INTERNAL" || isRefused) ctx.deps.log.error({ err: cause, path }, "a procedure failed");
  throw new TRPCError({ code: trpcCodeOf(known), message: known.message, cause: known });
});

export const publicProcedure = t.procedure.use(errors);

/** Somebody is signed in. */
export const userProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.actor) throw new AppError("UNAUTHENTICATED", "Sign in first.");
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

/** An administrator is signed in. What changes anything is written down with its outcome, whatever that is. */
export const adminProcedure = userProcedure.use(async ({ ctx, next, type, path, getRawInput }) => {
  if (ctx.actor.role !== "admin") throw new AppError("FORBIDDEN", "Only administrators may do this.");
  if (type !== "mutation") return next();
  const action = { actorId: ctx.actor.userId, action: path, input: await getRawInput() };
  return recordAction(ctx.deps, action, {
    run: next,
    outcomeOf: (result) => (result.ok ? "done" : toAppError(result.error).code),
  });
});

/** Signed in, and not too often (requirements, rate limits). */
export const limitedProcedure = (bucket: RateBucket) =>
  userProcedure.use(async ({ ctx, next }) => {
    const wait = await ctx.deps.rates.take(bucket, ctx.actor.userId);
    if (wait !== null) {
      throw new AppError("RATE_LIMITED", `Too many requests. Try again in ${wait} s.`, {
        retryAfterSeconds: wait,
      });
    }
    return next();
  });
