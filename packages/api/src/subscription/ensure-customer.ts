import { createHash } from "node:crypto";
import { users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { eq } from "drizzle-orm";
import { bindCustomer } from "../billing/resolve-user.ts";
import { customersOf } from "../billing/sync-user.ts";
import type { Deps } from "../deps.ts";

/**
 * The user's Stripe customer, made and bound before anything can be paid on it (stripe-facts §5). Its number in the
 * idempotency key makes a second click give the same one, and a deleted one be followed by a new one.
 */
export async function ensureCustomer(deps: Deps, userId: string): Promise<string> {
  const customers = await customersOf(deps, userId);
  const usable = customers.findLast((one) => one.deletedAt === null);
  if (usable) return usable.customerId;
  const [user] = await deps.db.select().from(users).where(eq(users.id, userId));
  if (!user) throw new AppError("UNAUTHENTICATED", "Sign in first.");
  const customerId = await deps.stripe.createCustomer({
    userId,
    email: user.email,
    name: user.name,
    idempotencyKey: `customer:${userId}:${customers.length}:${fingerprint(user)}`,
  });
  await bindCustomer(deps, customerId, userId);
  return customerId;
}

/** Stripe refuses a key that comes back with other parameters: who renamed themselves in between gets another key. */
const fingerprint = ({ email, name }: { email: string; name: string }): string =>
  createHash("sha256").update(`${email}\n${name}`).digest("hex").slice(0, 16);
