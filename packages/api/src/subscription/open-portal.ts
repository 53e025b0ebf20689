import { AppError } from "@liveassist/shared/errors";
import { customersOf } from "../billing/sync-user.ts";
import type { Actor, Deps } from "../deps.ts";

/** A link to Stripe's customer portal (`POST /api/subscriptions/portal`): card, receipts, cancel. Ends in `NO_SUBSCRIPTION` for who never bought. */
export async function openPortal(deps: Deps, actor: Actor): Promise<{ url: string }> {
  const customers = await customersOf(deps, actor.userId);
  const customer = customers.findLast((one) => one.deletedAt === null);
  if (!customer) throw new AppError("NO_SUBSCRIPTION", "There is no subscription to manage yet.");
  return {
    url: await deps.stripe.createPortalSession(customer.customerId, `${deps.settings.appUrl}/settings`),
  };
}
