import type { Deps } from "../deps.ts";
import type { ReplyEnd } from "./finish-reply.ts";

/** Counts how replies ended, and what failed those that did. */
export const countReply = ({ metrics }: Deps, { status, failure }: ReplyEnd, by = 1): void =>
  metrics.count("liveassist_replies_total", { outcome: status, failure: failure ?? "none" }, by);
