import type { Outputs } from "../../../packages/api/src/contract.ts";
import { ago, DAY, HOUR } from "./moment-ago.ts";
import { CUSTOMERS, PEOPLE, SUBSCRIPTIONS } from "./pretend-people.ts";

export type PretendedEvent = Outputs["admin"]["listEvents"]["events"][number];
type WholeEvent = Outputs["admin"]["readEvent"];

const PLAIN: Omit<PretendedEvent, "event_id" | "type" | "created_at" | "received_at"> = {
  outcome: "processed",
  source: "webhook",
  user_id: null,
  customer_id: null,
  session_id: null,
  subscription_id: null,
  object_id: null,
  processed_at: null,
  next_attempt_at: null,
  attempts: 1,
  last_error: null,
  cause: null,
  errors: [],
  observed_seq: null,
};

/** Four digits, the same each time. */
function markOf(text: string): string {
  const sum = [...text].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 10_000, 7);
  return String(sum).padStart(4, "0");
}

/** An event that came so many minutes ago. */
export function eventOf(type: string, minutes: number, rest: Partial<PretendedEvent> = {}): PretendedEvent {
  const mark = markOf(`${type} ${minutes}`);
  const done = rest.outcome === undefined || rest.outcome === "processed" || rest.outcome === "ignored";
  return {
    ...PLAIN,
    event_id: `evt_1SVq${mark}K8mVxA2bLtRw${mark}`,
    type,
    created_at: ago(minutes),
    received_at: ago(minutes),
    processed_at: done ? ago(minutes) : null,
    attempts: rest.outcome === "ignored" ? 0 : 1,
    ...rest,
  };
}

const maja = () => ({
  user_id: PEOPLE.maja().id,
  customer_id: CUSTOMERS.maja,
  subscription_id: SUBSCRIPTIONS.maja,
  observed_seq: 20_418,
});
const karl = () => ({
  user_id: PEOPLE.karl().id,
  customer_id: CUSTOMERS.karl,
  subscription_id: SUBSCRIPTIONS.karl,
  observed_seq: 20_377,
});

/** The newest page of the ledger. */
export const ledger = (): PretendedEvent[] => [
  eventOf("invoice.payment_failed", 0, {
    ...karl(),
    outcome: "pending",
    observed_seq: null,
    attempts: 0,
  }),
  eventOf("customer.updated", 2, { outcome: "ignored", customer_id: CUSTOMERS.noor }),
  paidEvent(),
  eventOf("customer.subscription.created", 12, { ...maja(), event_id: EVENTS.created }),
  eventOf("checkout.session.completed", 12, { ...maja(), event_id: EVENTS.completed, session_id: SESSION }),
  deadEvent(),
  eventOf("charge.refunded", 2 * HOUR, {
    user_id: PEOPLE.noor().id,
    customer_id: CUSTOMERS.noor,
    attempts: 2,
  }),
  eventOf("customer.subscription.trial_will_end", 5 * HOUR, { ...karl(), source: "backfill" }),
  eventOf("invoice.paid", 26 * HOUR, karl()),
  eventOf("customer.deleted", 3 * DAY, { outcome: "ignored" }),
];

export const EVENTS = {
  paid: "evt_1SVqB4K8mVxA2bLtHrTq9ZsN",
  created: "evt_1SVqB3K8mVxA2bLtGpSn8YrM",
  completed: "evt_1SVqB2K8mVxA2bLtFmRk7XqL",
  dead: "evt_1SVp77K8mVxA2bLtDkPj5VoJ",
};
export const SESSION = "cs_test_a1T8mVxA2bLt0YcD3eFgH6jK9nQsW4zX";

export const paidEvent = (): PretendedEvent =>
  eventOf("invoice.paid", 12, { ...maja(), event_id: EVENTS.paid, object_id: "in_1SVpQ2K8mVxA2bLtWcE4fGhJ" });

const NO_USER = `unresolved: customer ${CUSTOMERS.stray} names no user`;

/** Paid, and nobody knows by whom. */
export const deadEvent = (): PretendedEvent =>
  eventOf("invoice.paid", 31, {
    event_id: EVENTS.dead,
    outcome: "dead",
    customer_id: CUSTOMERS.stray,
    subscription_id: "sub_1SVp76K8mVxA2bLt2ZdF4gHj",
    object_id: "in_1SVp76K8mVxA2bLtKmN6pQrS",
    processed_at: null,
    attempts: 3,
    last_error: NO_USER,
    cause: "no_user",
    errors: [30, 30.7, 31].map((minutes) => ({ at: ago(minutes), error: NO_USER })),
  });

/** An event with everything about it; `payload: null` is too old for one. */
export const wholeEvent = (event: PretendedEvent, payload: object | null = payloadOf(event)): WholeEvent => ({
  ...event,
  livemode: false,
  api_version: "2026-04-22.dahlia",
  payload,
});

/** As Stripe sends an invoice, with what is personal masked. */
function payloadOf({ event_id, type, object_id, customer_id, subscription_id, created_at }: PretendedEvent) {
  const created = Math.floor(Date.parse(created_at) / 1000);
  return {
    id: event_id,
    object: "event",
    type,
    created,
    livemode: false,
    data: {
      object: {
        id: object_id,
        object: "invoice",
        customer: customer_id,
        customer_email: "[masked]",
        customer_name: "[masked]",
        amount_paid: 3900,
        currency: "sek",
        status: "paid",
        billing_reason: "subscription_create",
        parent: { type: "subscription_details", subscription_details: { subscription: subscription_id } },
      },
    },
  };
}
