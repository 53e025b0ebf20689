import type { Outputs } from "../../../packages/api/src/contract.ts";
import { ago, DAY, HOUR } from "./moment-ago.ts";
import type { Answers } from "./open-console.ts";
import { deadEvent, eventOf, type PretendedEvent } from "./pretend-events.ts";
import { readingsOf } from "./pretend-overview.ts";
import { CUSTOMERS, everybody, PEOPLE, SUBSCRIPTIONS } from "./pretend-people.ts";

type Cause = Outputs["admin"]["listCauses"]["causes"][number];

const NO_RIGHT =
  "StripeError: The provided key 'rk_test_…4f2A' does not have the required permissions for this endpoint: rak_subscription_read.";

const strays = (): PretendedEvent[] => [
  deadEvent(),
  eventOf("customer.subscription.created", 31, {
    outcome: "dead",
    customer_id: CUSTOMERS.stray,
    attempts: 3,
    cause: "no_user",
    last_error: `unresolved: customer ${CUSTOMERS.stray} names no user`,
  }),
  eventOf("invoice.paid", 3 * HOUR, {
    outcome: "dead",
    customer_id: "cus_TSh3YbC8gNpL6w",
    attempts: 3,
    cause: "no_user",
    last_error: "unresolved: customer cus_TSh3YbC8gNpL6w names no user",
  }),
];

const refused = (): PretendedEvent[] =>
  [18, 19, 22].map((minutes) =>
    eventOf("customer.subscription.updated", minutes, {
      outcome: "dead",
      user_id: PEOPLE.karl().id,
      customer_id: CUSTOMERS.karl,
      subscription_id: SUBSCRIPTIONS.karl,
      attempts: 1,
      cause: "refused",
      last_error: NO_RIGHT,
    }),
  );

const lost = (): PretendedEvent[] => [
  eventOf("customer.subscription.deleted", 2 * DAY, {
    outcome: "dead",
    customer_id: "cus_TRc5KvM1fJtH8x",
    attempts: 2,
    cause: "gone_at_stripe",
    last_error: "unresolved: Stripe does not know customer cus_TRc5KvM1fJtH8x",
  }),
];

/** Seven dead letters of three causes. */
export function deadLetters(): Answers {
  const letters = [...refused(), ...strays(), ...lost()];
  const of = (name: Cause["cause"]): PretendedEvent[] => letters.filter(({ cause }) => cause === name);
  return {
    "operations.readIndicators": readingsOf({ dead_letters: letters.length }),
    "admin.listCauses": {
      total: letters.length,
      causes: [toCause(of("no_user"), true), toCause(of("refused")), toCause(of("gone_at_stripe"))],
    },
    "admin.listEvents": ({ cause }) => ({
      events: letters.filter((letter) => letter.cause === cause),
      next: null,
    }),
    "admin.listUsers": ({ q }) => ({ users: named(String(q ?? "")), next: null }),
  };
}

const named = (beginning: string) =>
  everybody().filter(({ name }) => name.toLowerCase().startsWith(beginning.toLowerCase()));

function toCause(letters: readonly PretendedEvent[], can_assign = false): Cause {
  const times = letters.map(({ received_at }) => received_at).toSorted();
  const cause = letters[0]?.cause ?? "bug";
  const [oldest_at = ago(0)] = times;
  return { cause, count: letters.length, oldest_at, newest_at: times.at(-1) ?? oldest_at, can_assign };
}
