import { createHash } from "node:crypto";
import { stripeCustomers, users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq, isNull } from "drizzle-orm";
import { bindCustomer } from "../billing/resolve-user.ts";
import { customersOf } from "../billing/sync-user.ts";
import type { Deps } from "../deps.ts";

/**
 * The user's Stripe customer, made and bound before anything can be paid on it (stripe-facts §5). A double click shares the
 * call; in other processes the number in the idempotency key gives the same one, and a new one after a deleted one.
 */
export function ensureCustomer(deps: Deps, userId: string): Promise<string> {
  return deps.coalesce(`customer:${userId}`, () => findOrCreate(deps, userId));
}

async function findOrCreate(deps: Deps, userId: string): Promise<string> {
  const customers = await customersOf(deps, userId);
  const usable = customers.findLast((one) => one.deletedAt === null);
  if (usable && (await isAlive(deps, usable.customerId))) return usable.customerId;
  const [user] = await deps.db.select().from(users).where(eq(users.id, userId));
  if (!user || user.deletedAt !== null) throw new AppError("UNAUTHENTICATED", "Sign in first.");
  const customerId = await deps.stripe.createCustomer({
    userId,
    email: user.email,
    name: user.name,
    idempotencyKey: `customer:${userId}:${customers.length}:${fingerprint(user)}`,
  });
  await bindCustomer(deps, customerId, userId);
  return customerId;
}

/** Nobody has to have told us that a customer was deleted: on such a one nothing can be bought any more (design I3). */
async function isAlive(deps: Deps, customerId: string): Promise<boolean> {
  const customer = await deps.stripe.retrieveCustomer(customerId);
  if (customer && !customer.deleted) return true;
  await deps.db
    .update(stripeCustomers)
    .set({ deletedAt: new Date(deps.clock.now()) })
    .where(and(eq(stripeCustomers.customerId, customerId), isNull(stripeCustomers.deletedAt)));
  deps.log.warn({ customerId, known: customer !== null }, "a customer is gone at Stripe; a new one is made");
  return false;
}

/** Stripe refuses a key that comes back with other parameters: who renamed themselves in between gets another key. */
const fingerprint = ({ email, name }: { email: string; name: string }): string =>
  createHash("sha256").update(`${email}\n${name}`).digest("hex").slice(0, 16);
