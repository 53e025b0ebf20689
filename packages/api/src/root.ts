import { adminRouter } from "./admin/router.ts";
import { communityRouter } from "./community/router.ts";
import type { Actor, Deps } from "./deps.ts";
import { liveassistRouter } from "./liveassist/router.ts";
import { operationsRouter } from "./operations/router.ts";
import { siteRouter } from "./site/router.ts";
import { subscriptionRouter } from "./subscription/router.ts";
import { createCallerFactory, router } from "./trpc.ts";
import { userRouter } from "./user/router.ts";

/** Every procedure there is. */
export const appRouter = router({
  admin: adminRouter,
  community: communityRouter,
  liveassist: liveassistRouter,
  operations: operationsRouter,
  site: siteRouter,
  subscription: subscriptionRouter,
  user: userRouter,
});

export type AppRouter = typeof appRouter;

const factory = createCallerFactory(appRouter);

/** Calls procedures directly, as this user; null: as nobody. For tests and scripts. */
export const createCaller = (deps: Deps, actor: Actor | null) =>
  factory({ deps, actor, cookies: null, socketId: null });
