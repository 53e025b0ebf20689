import { isOver } from "@liveassist/shared/subscription";
import type { Deps } from "../deps.ts";
import type { SubscriptionRow } from "./load-facts.ts";

/**
 * Somebody paid on the customer of an account that is deleted (a page left open, an invoice paid late). It stays with that
 * customer and never lands on anybody else (requirements R16); a person has to give it back.
 */
export function alarmDeletedUser(deps: Deps, userId: string, rows: readonly SubscriptionRow[]): void {
  const live = rows.filter((row) => !isOver(row.status)).map((row) => row.providerSubscriptionId);
  if (live.length === 0) return;
  deps.log.error(
    { alarm: "deleted_user_subscribed", userId, subscriptionIds: live },
    "a deleted account has a live subscription; cancel it at Stripe and give the money back",
  );
}
