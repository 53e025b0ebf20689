import type { StripeWorld } from "./stripe-world.ts";

type Json = Record<string, unknown>;

/** What an event may say differently from the world it is about. */
export interface EventOver {
  readonly id?: string;
  readonly object?: Json;
  readonly previous?: Json;
  readonly livemode?: boolean;
  readonly apiVersion?: string;
}

export const API_VERSION = "2026-10-28.endive";
const METADATA = (userId: string | null): Json => (userId === null ? {} : { userId });
let made = 0;

/** A Stripe event about an object of the world as it is now, as its raw body; an id the world does not have is sent bare. */
export function eventBody(world: StripeWorld, told: EventOver & { type: string; about: string }): string {
  const { type, about, ...over } = told;
  made += 1;
  return JSON.stringify({
    id: over.id ?? `evt_${made}`,
    object: "event",
    api_version: over.apiVersion ?? API_VERSION,
    created: Math.floor(world.now() / 1000),
    livemode: over.livemode ?? false,
    type,
    data: {
      object: { id: about, ...wireObject(world, about), ...over.object },
      ...(over.previous ? { previous_attributes: over.previous } : {}),
    },
  });
}

function wireObject(world: StripeWorld, id: string): Json {
  const session = world.sessions.get(id);
  if (session) {
    const [userId = null] = session.userIds;
    return {
      object: "checkout.session",
      customer: session.customerId,
      subscription: session.subscriptionId,
      status: session.status,
      client_reference_id: userId,
      metadata: METADATA(userId),
    };
  }
  const subscription = world.subscriptions.get(id);
  if (subscription) {
    const { customerId, status, userId } = subscription;
    return { object: "subscription", customer: customerId, status, metadata: METADATA(userId) };
  }
  const invoice = world.invoices.get(id);
  if (invoice) {
    const parent = { subscription: invoice.subscriptionId, metadata: {} };
    return {
      object: "invoice",
      customer: invoice.customerId,
      status: invoice.status,
      parent: { type: "subscription_details", subscription_details: parent },
    };
  }
  const customer = world.customers.get(id);
  if (customer) return { object: "customer", metadata: METADATA(customer.userId) };
  return world.charges.has(id) ? { object: "charge", customer: world.charges.get(id) } : {};
}
