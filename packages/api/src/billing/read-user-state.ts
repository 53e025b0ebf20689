import { derivePlan } from "@liveassist/shared/derive-plan";
import { AppError } from "@liveassist/shared/errors";
import { withGrants } from "@liveassist/shared/provisional";
import { dayIn } from "@liveassist/shared/quota";
import type { Standing } from "@liveassist/shared/subscription";
import type { Deps } from "../deps.ts";
import { askForRead, mustAsk, type ReadState } from "./ask-stripe.ts";
import { type SubscriptionRow, subscriptionRowsOf, toFacts } from "./load-facts.ts";
import { readUserRow, type UserRow } from "./read-user-row.ts";

/** A user's rows with the plan as it is now: derived on read, by a pure function of stored facts and the clock (design I8). */
export interface UserState {
  readonly row: UserRow;
  readonly standing: Standing;
  /** True when Stripe should have been asked and did not answer in time. */
  readonly stale: boolean;
  /** Öre of the next charge by the subscription's own price; null when it has none. */
  readonly unitAmount: number | null;
  /** The scheduled cancel, if any, was set as `cancel_at_period_end`. */
  readonly atPeriodEnd: boolean;
}

interface Stored {
  readonly row: UserRow;
  readonly subscriptions: SubscriptionRow[];
}

/** Reads a user's state from the rows; asks Stripe first only when requirements R20 says so. Throws `UNAUTHENTICATED` for a user who is gone. */
export async function readUserState(deps: Deps, userId: string): Promise<UserState> {
  const stored = await readStored(deps, userId);
  if (!mustAsk(toReadState(stored), deps.clock.now())) return derive(deps, stored, false);
  const { stale } = await askForRead(deps, userId);
  return derive(deps, await readStored(deps, userId), stale);
}

/** A user's state right after a sync: from the rows, without asking again. */
export async function readSyncedState(deps: Deps, userId: string): Promise<UserState> {
  return derive(deps, await readStored(deps, userId), false);
}

/** A socket that (re)connects asks Stripe as a read does, without anybody waiting for it: one of the five ways (R20). Never throws. */
export async function freshenUser(deps: Deps, userId: string): Promise<void> {
  try {
    if (mustAsk(toReadState(await readStored(deps, userId)), deps.clock.now()))
      await askForRead(deps, userId);
  } catch (error) {
    deps.log.warn({ err: error, userId }, "a reconnected user could not be looked up");
  }
}

/** Both reads at once: neither needs the other's answer. */
async function readStored(deps: Deps, userId: string): Promise<Stored> {
  const today = dayIn(deps.settings.quotaTimezone, deps.clock.now());
  const [row, subscriptions] = await Promise.all([
    readUserRow(deps.db, userId, today),
    subscriptionRowsOf(deps.db, userId),
  ]);
  if (!row || row.user.deletedAt !== null) throw new AppError("UNAUTHENTICATED", "Sign in first.");
  return { row, subscriptions };
}

const toReadState = ({ row }: Stored): ReadState => ({
  hasCustomer: row.hasCustomer,
  checkoutUnderWay: row.checkoutUnderWay,
  checkAt: row.user.checkAt,
  observedAt: row.observedAt === null ? null : new Date(row.observedAt),
});

async function derive(deps: Deps, { row, subscriptions }: Stored, stale: boolean): Promise<UserState> {
  const price = subscriptions.length > 0 ? await deps.price() : null;
  const facts = price ? subscriptions.map((one) => toFacts(one, price)) : [];
  const now = deps.clock.now();
  const byRows = derivePlan(facts, now, deps.settings.grace);
  const standing = withGrants(byRows, row.grants ?? [], now);
  // What is granted on an event's word says nothing about the next charge.
  if (standing !== byRows) return { row, standing, stale, unitAmount: null, atPeriodEnd: false };
  const speaker = subscriptions.find((one) => one.providerSubscriptionId === standing.subscriptionId);
  const unitAmount = speaker?.items.find((item) => item.unitAmount !== null)?.unitAmount ?? null;
  return { row, standing, stale, unitAmount, atPeriodEnd: speaker?.cancelAtPeriodEnd ?? false };
}
