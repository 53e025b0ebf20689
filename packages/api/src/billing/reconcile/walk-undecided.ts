import { checkoutAttempts, stripeCustomers, subscriptions } from "@liveassist/db/schema";
import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { StripeError } from "../../stripe-port.ts";
import { isOurs } from "../load-facts.ts";
import { askCustomer } from "./ask-customer.ts";
import { saveWalk } from "./save-walk.ts";
import { isSilentAlone } from "./silent-customer.ts";
import type { Walking } from "./walk.ts";

const BATCH = 20;
export const UNDECIDED = "undecided:";
/** A payment that is not seen within this long after a period began is rare, and asked about in every twelfth walk. */
const PAYMENT_DAYS = 3;
const SELDOM = 12;

/**
 * Asks about customers whose state no list shows: never observed, with a checkout that was paid or is over, or with a payment
 * or debt that was not seen yet. A page that is still open, or was abandoned, is nobody's mistake and no drift.
 */
export async function walkUndecided(walking: Walking): Promise<void> {
  const { deps, walk, pace } = walking;
  for (;;) {
    pace.check();
    const after = walk.cursor?.startsWith(UNDECIDED) ? walk.cursor.slice(UNDECIDED.length) : "";
    const batch = await deps.db
      .select({
        customerId: stripeCustomers.customerId,
        userId: stripeCustomers.userId,
        observedAt: stripeCustomers.observedAt,
      })
      .from(stripeCustomers)
      .where(
        and(
          gt(stripeCustomers.customerId, after),
          isNull(stripeCustomers.deletedAt),
          sql`(${stripeCustomers.observedAt} is null
            or exists (select 1 from checkout_attempts a where a.customer_id = ${stripeCustomers.customerId}
              and a.state in ('open', 'paid') and a.session_id is not null)
            or exists (select 1 from subscriptions s where s.customer_id = ${stripeCustomers.customerId}
              and ${unpaidSince(walking)}))`,
        ),
      )
      .orderBy(asc(stripeCustomers.customerId))
      .limit(BATCH);
    let asked = 0;
    for (const customer of batch) {
      if (customer.observedAt !== null && !(await isWorthAsking(walking, customer.customerId))) continue;
      await askCustomer(walking, customer);
      asked += 1;
    }
    const last = batch.at(-1);
    if (!last) return;
    await saveWalk(deps, walk, { cursor: UNDECIDED + last.customerId, add: { asked } });
  }
}

/** In SQL, of a subscription `s`: it lives, and no payment of it was seen, or it is overdue since nobody knows when. */
function unpaidSince({ deps, walk }: Walking) {
  const recently = new Date(deps.clock.now() - PAYMENT_DAYS * 86_400_000).toISOString();
  return sql`((s.status in ('active', 'past_due') and s.first_paid_at is null)
      or (s.status = 'past_due' and s.open_invoice_at is null))
    and (s.period_start > ${recently} or abs(hashtext(s.customer_id)) % ${SELDOM} = ${walk.id % SELDOM})`;
}

async function isWorthAsking(walking: Walking, customerId: string): Promise<boolean> {
  const { deps, price } = walking;
  const rows = await deps.db.select().from(subscriptions).where(eq(subscriptions.customerId, customerId));
  const owed = rows.some(
    (row) =>
      isOurs(row.items, price) &&
      ((["active", "past_due"].includes(row.status) && row.firstPaidAt === null) ||
        (row.status === "past_due" && row.openInvoiceAt === null)),
  );
  return owed || (await hasEndedCheckout(walking, customerId));
}

/** True when a checkout that is open here is over at Stripe. One call instead of three, for the many that are just open. */
async function hasEndedCheckout(walking: Walking, customerId: string): Promise<boolean> {
  const { deps, pace } = walking;
  const attempts = await deps.db
    .select({ sessionId: checkoutAttempts.sessionId, state: checkoutAttempts.state })
    .from(checkoutAttempts)
    .where(
      and(
        eq(checkoutAttempts.customerId, customerId),
        inArray(checkoutAttempts.state, ["open", "paid"]),
        isNotNull(checkoutAttempts.sessionId),
      ),
    );
  for (const { sessionId, state } of attempts) {
    if (sessionId === null) continue;
    if (state === "paid") return true;
    try {
      const session = await pace.ask(() => deps.stripe.retrieveCheckoutSession(sessionId));
      if (session?.status !== "open") return true;
    } catch (error) {
      if (!(error instanceof StripeError || (await isSilentAlone(walking, error)))) throw error;
      deps.log.warn({ err: error, customerId, sessionId }, "Stripe does not say what became of a checkout");
    }
  }
  return false;
}
