import { HAPPENINGS, type Happening } from "@liveassist/shared/happenings";
import type { Deps } from "../deps.ts";
import type { Happened } from "./compute-happenings.ts";

/** Alarms that have a name of their own; the others are called like what happened. */
const ALARMS: Partial<Record<Happening, string>> = {
  duplicate_payment: "several_live_subscriptions",
  full_refund: "money_back",
  partial_refund: "money_back",
  dispute_opened: "money_back",
  dispute_lost: "money_back",
};

/** Tells the operator what happened, as the policy says; after the commit, so that nothing is told that never was. */
export function reportHappenings(deps: Deps, userId: string, news: readonly Happened[]): void {
  for (const { kind, objectId, keptId } of news) {
    const policy = HAPPENINGS[kind];
    const line = { userId, happening: kind, objectId, ...(keptId === null ? {} : { keptId }) };
    if (policy.operator === "log") deps.log.info(line, "noted about a subscription");
    else deps.log.error({ alarm: ALARMS[kind] ?? kind, ...line }, policy.why);
  }
}
