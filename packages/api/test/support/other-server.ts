import type { Bus, Deps } from "../../src/deps.ts";
import { startReplies } from "../../src/liveassist/start-replies.ts";

/** As if every wake-up were lost. */
const DEAF: Bus = {
  nudge: () => {},
  onOutbox: () => () => {},
  onLogins: () => () => {},
  onSession: () => () => {},
  onCommunity: () => () => {},
};

/** Another server on the same database, with a desk of its own; `deaf`: no wake-up reaches it or leaves it. Stop its replies. */
export function otherServer(deps: Deps, over: Partial<Deps> & { readonly isDeaf?: boolean } = {}): Deps {
  const { isDeaf, ...ports } = over;
  const other: Deps = {
    ...deps,
    ...(isDeaf ? { bus: DEAF } : {}),
    ...ports,
    replies: startReplies(() => other),
  };
  return other;
}
