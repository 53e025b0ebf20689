import { type Actor, createCaller, type Deps } from "@liveassist/api";

/** Calls procedures inside the server's own process, without HTTP: for scripts, jobs and tests. */
export async function planOf(deps: Deps, userId: string): Promise<string> {
  const actor: Actor = { userId, role: "user", loginId: "a script" };
  const caller = createCaller(deps, actor);
  return (await caller.user.me()).subscription_status;
}
