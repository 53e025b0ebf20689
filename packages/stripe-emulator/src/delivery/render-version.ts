import type Stripe from "stripe";
import type { World } from "../billing/world.ts";

type Fields = Record<string, unknown>;
type Data = { object: Fields; previous_attributes?: Fields };

/** What versions before `before` show on an object beside what it has today, and on its `previous_attributes`. */
interface Difference {
  before: string;
  object: string;
  adds: (world: World, document: never) => Fields;
  addsToPrevious?: (previous: Fields) => Fields;
}

const BASIL = "2025-03-31.basil";

/** The largest differences between versions (docs.stripe.com/changelog/basil); smaller ones are not rendered. */
const DIFFERENCES: readonly Difference[] = [
  {
    before: BASIL,
    object: "subscription",
    adds: (_world, { items }: Stripe.Subscription) => periodOf(items.data),
    addsToPrevious: ({ items }) =>
      typeof items === "object" && items !== null && "data" in items ? periodOf(items.data) : {},
  },
  {
    before: BASIL,
    object: "invoice",
    adds: (world, invoice: Stripe.Invoice) => {
      const parent = invoice.parent?.subscription_details;
      const payment = world.store.where("invoicePayments", "invoice", String(invoice.id)).at(-1);
      const intent = payment?.payment.payment_intent ?? null;
      return {
        subscription: parent?.subscription ?? null,
        subscription_details: parent === undefined || parent === null ? null : { metadata: parent.metadata },
        paid: invoice.status === "paid",
        payment_intent: intent,
        charge: world.store.get("paymentIntents", String(intent))?.latest_charge ?? null,
      };
    },
    addsToPrevious: ({ status }) => (status === undefined ? {} : { paid: status === "paid" }),
  },
  {
    before: BASIL,
    object: "charge",
    adds: (world, { payment_intent }: Stripe.Charge) => ({ invoice: invoiceOf(world, payment_intent) }),
  },
  {
    before: BASIL,
    object: "payment_intent",
    adds: (world, { id }: Stripe.PaymentIntent) => ({ invoice: invoiceOf(world, id) }),
  },
];

/** An event as an endpoint of this version gets it; null: today's. Versions are compared by their dates. */
export function renderFor(world: World, event: Stripe.Event, version: string | null): Stripe.Event {
  if (version === null || version === event.api_version) return event;
  const { object, previous_attributes: previous } = event.data as unknown as Data;
  const differences = DIFFERENCES.filter((one) => one.object === object["object"] && version < one.before);
  const now = { ...object };
  const then = { ...previous };
  for (const { adds, addsToPrevious } of differences) {
    Object.assign(now, adds(world, object as never));
    if (previous !== undefined) Object.assign(then, addsToPrevious?.(previous));
  }
  const data = { ...event.data, object: now, ...(previous !== undefined && { previous_attributes: then }) };
  return { ...event, api_version: version, data } as unknown as Stripe.Event;
}

function periodOf(items: unknown): Fields {
  const rows = (Array.isArray(items) ? items : []) as Partial<Stripe.SubscriptionItem>[];
  const starts = rows.flatMap((row) => row.current_period_start ?? []);
  const ends = rows.flatMap((row) => row.current_period_end ?? []);
  return {
    ...(starts.length > 0 && { current_period_start: Math.max(...starts) }),
    ...(ends.length > 0 && { current_period_end: Math.max(...ends) }),
  };
}

function invoiceOf(world: World, intent: unknown): unknown {
  if (typeof intent !== "string") return null;
  return world.store.where("invoicePayments", "payment_intent", intent).at(-1)?.invoice ?? null;
}
