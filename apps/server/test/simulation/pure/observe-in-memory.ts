import {
  askAboutCustomer,
  type Observation,
} from "../../../../../packages/api/src/billing/ask-about-customer.ts";
import type { Inbox } from "./memory-tables.ts";
import type { PureLife } from "./pure-life.ts";

/** Reads what is pending, draws a number, asks Stripe: the product's own questions over rows in memory. */
export async function observeInMemory(
  life: PureLife,
  worker: string,
  customerId: string,
): Promise<{ pending: Inbox[]; observed: Observation }> {
  const { tables, effects } = life;
  const pending = tables.pendingOf(customerId).map((row) => ({ ...row }));
  await effects.park(worker, "statement", "draw a number");
  const at = life.now();
  const seq = ++tables.seq;
  life.observations.drawn(seq, { step: life.step, askedAt: at });
  const stored = [...tables.subscriptions.values()]
    .filter((row) => row.customerId === customerId)
    .map(({ providerSubscriptionId: id, status, firstPaidAt }) => ({ id, status, firstPaidAt }));
  const sessionsUnderWay = tables.purchases.flatMap((one) =>
    one.customerId === customerId && (one.state === "open" || one.state === "paid")
      ? (one.sessionId ?? [])
      : [],
  );
  const question = { customerId, seq, at, pending, stored, sessionsUnderWay, price: life.price };
  return { pending, observed: await askAboutCustomer(life.stripeOf(worker), question) };
}
