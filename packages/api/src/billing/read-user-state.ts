import { users } from "@liveassist/db/schema";
import { derivePlan } from "@liveassist/shared/derive-plan";
import { AppError } from "@liveassist/shared/errors";
import { dayIn } from "@liveassist/shared/quota";
import type { Standing } from "@liveassist/shared/subscription";
import { eq, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { askStripe, mustAsk, type ReadState } from "./ask-stripe.ts";
import { subscriptionRowsOf, toFacts } from "./load-facts.ts";

type Row = Awaited<ReturnType<typeof readRow>>;

/** A user's rows with the plan as it is now: derived on read, by a pure function of stored facts and the clock (design I8). */
export interface UserState {
  readonly row: Row;
  readonly standing: Standing;
  /** True when Stripe should have been asked and did not answer in time. */
  readonly stale: boolean;
  /** Öre of the next charge by the subscription's own price; null when it has none. */
  readonly unitAmount: number | null;
  /** The scheduled cancel, if any, was set as `cancel_at_period_end`. */
  readonly atPeriodEnd: boolean;
}

/** Reads a user's state from the rows; asks Stripe first only when requirements R20 says so. Throws `UNAUTHENTICATED` for a user who is gone. */
export async function readUserState(deps: Deps, userId: string): Promise<UserState> {
  const row = await readRow(deps, userId);
  if (!mustAsk(toReadState(row), deps.clock.now())) return derive(deps, row, false);
  const { stale } = await askStripe(deps, userId);
  return derive(deps, await readRow(deps, userId), stale);
}

/** A socket that (re)connects asks Stripe as a read does, without anybody waiting for it: one of the five ways (R20). Never throws. */
export async function freshenUser(deps: Deps, userId: string): Promise<void> {
  try {
    const row = await readRow(deps, userId);
    if (mustAsk(toReadState(row), deps.clock.now())) await askStripe(deps, userId);
  } catch (error) {
    deps.log.warn({ err: error, userId }, "a reconnected user could not be looked up");
  }
}

const toReadState = (row: Row): ReadState => ({
  hasCustomer: row.hasCustomer,
  checkoutUnderWay: row.checkoutUnderWay,
  checkAt: row.user.checkAt,
  observedAt: row.observedAt === null ? null : new Date(row.observedAt),
});

/** Named with its table: drizzle leaves it out when it selects from one table, and a subquery has an `id` of its own. */
const OWN_ID = sql.raw('"users"."id"');

async function readRow(deps: Deps, userId: string) {
  const today = dayIn(deps.settings.quotaTimezone, deps.clock.now());
  const [row] = await deps.db
    .select({
      user: users,
      hasCustomer: sql<boolean>`exists(select 1 from stripe_customers c where c.user_id = ${OWN_ID} and c.deleted_at is null)`,
      observedAt: sql<
        string | null
      >`(select case when bool_or(c.observed_at is null) then null else min(c.observed_at) end
        from stripe_customers c where c.user_id = ${OWN_ID} and c.deleted_at is null)`,
      checkoutUnderWay: sql<boolean>`exists(select 1 from checkout_attempts a where a.user_id = ${OWN_ID}
        and a.session_id is not null and a.state in ('open', 'paid'))`,
      paidCheckout: sql<boolean>`exists(select 1 from checkout_attempts a where a.user_id = ${OWN_ID} and a.state = 'paid')`,
      imagesUsed: sql<number>`(select count(*)::int from usage g where g.user_id = ${OWN_ID} and g.day = ${today}
        and g.counted and g.state <> 'released')`,
    })
    .from(users)
    .where(eq(users.id, userId));
  if (!row) throw new AppError("UNAUTHENTICATED", "Sign in first.");
  return row;
}

async function derive(deps: Deps, row: Row, stale: boolean): Promise<UserState> {
  const rows = row.user.stripeStatus === "none" ? [] : await subscriptionRowsOf(deps.db, row.user.id);
  const price = rows.length > 0 ? await deps.price() : null;
  const facts = price ? rows.map((one) => toFacts(one, price)) : [];
  const standing = derivePlan(facts, deps.clock.now(), deps.settings.grace);
  const speaker = rows.find((one) => one.providerSubscriptionId === standing.subscriptionId);
  const unitAmount = speaker?.items.find((item) => item.unitAmount !== null)?.unitAmount ?? null;
  return { row, standing, stale, unitAmount, atPeriodEnd: speaker?.cancelAtPeriodEnd ?? false };
}
