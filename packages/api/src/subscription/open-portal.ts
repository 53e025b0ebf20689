import { AppError } from "@liveassist/shared/errors";
import { isOver } from "@liveassist/shared/subscription";
import { subscriptionRowsOf } from "../billing/load-facts.ts";
import { customersOf } from "../billing/sync-user.ts";
import type { Actor, Deps } from "../deps.ts";

/** A link to Stripe's customer portal (`POST /api/subscriptions/portal`): card, receipts, cancel. Ends in `NO_SUBSCRIPTION` for who never bought. */
export async function openPortal(deps: Deps, actor: Actor): Promise<{ url: string }> {
  const customers = await customersOf(deps, actor.userId);
  const rows = await subscriptionRowsOf(deps.db, actor.userId);
  // Of several customers, the one with something to manage.
  const owner = rows.find((row) => !isOver(row.status))?.customerId;
  const customer =
    customers.find((one) => one.customerId === owner) ?? customers.findLast((one) => one.deletedAt === null);
  if (!customer) throw new AppError("NO_SUBSCRIPTION", "There is no subscription to manage yet.");
  return {
    url: await deps.stripe.createPortalSession(customer.customerId, `${deps.settings.appUrl}/settings`),
  };
}
