import type Stripe from "stripe";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import type { TableName } from "../store/tables.ts";
import { HOUR } from "./calendar.ts";
import { finalizeAndCollect } from "./collect-invoice.ts";
import type { Due } from "./due-heap.ts";
import { dueOfSubscription } from "./due-of-subscription.ts";
import { discountEndsAt, expireDiscount } from "./end-discount.ts";
import { expireCheckout } from "./expire-checkout.ts";
import { happenLate } from "./happen-late.ts";
import { retryInvoice } from "./retry-invoice.ts";
import { isResumption, voidInvoice } from "./settle-invoice.ts";
import { clockOfCustomer } from "./test-clock.ts";
import type { World } from "./world.ts";

/** When a document changes by itself next, and how; null: never, as things are. */
export function dueOf(world: World, table: TableName, id: string): Due | null {
  const { store } = world;
  if (table === "sessions") {
    const session = store.get("sessions", id);
    return session?.status === "open"
      ? { at: session.expires_at, run: () => expireCheckout(world, id) }
      : null;
  }
  if (table === "subscriptions") return dueOfSubscription(world, id);
  if (table === "invoices") return dueOfInvoice(world, id);
  if (table === "lateEvents") return dueOfLateEvent(world, id);
  if (table === "discounts") {
    const at = discountEndsAt(world, id);
    return at === null ? null : { at, run: () => expireDiscount(world, id) };
  }
  return null;
}

function dueOfInvoice(world: World, id: string): Due | null {
  const invoice = world.store.get("invoices", id);
  if (invoice === undefined) return null;
  // Also while collection is paused: an old one, paid at last, would resume a period that is long over.
  const resumption = dueOfResumption(world, invoice);
  if (resumption !== null || invoice.auto_advance === false) return resumption;
  if (invoice.status === "draft" && invoice.automatically_finalizes_at !== null) {
    return { at: finalizesAt(world, invoice), run: () => finalizeAndCollect(world, id) };
  }
  if (invoice.status === "open" && invoice.next_payment_attempt !== null) {
    return { at: invoice.next_payment_attempt, run: () => retryInvoice(world, id) };
  }
  return null;
}

/** An unpaid invoice of a subscription that is still paused is void after 23 hours; the subscription stays paused. */
function dueOfResumption(world: World, invoice: Stripe.Invoice): Due | null {
  if (invoice.status !== "open" || !isResumption(world, invoice)) return null;
  const subscription = world.store.get("subscriptions", subscriptionOfInvoice(invoice) ?? "");
  if (subscription?.status !== "paused") return null;
  return { at: invoice.created + 23 * HOUR, run: () => void voidInvoice(world, invoice.id) };
}

/**
 * An hour after the endpoints answered `invoice.created`, or 72 hours when they never do. A test clock does not wait
 * for endpoints: it is advanced faster than they can answer.
 */
function finalizesAt(world: World, invoice: Stripe.Invoice): number {
  const { draftSeconds, draftSecondsUnanswered } = world.settings;
  const planned = invoice.automatically_finalizes_at ?? invoice.created + draftSeconds;
  if (clockOfCustomer(world, String(invoice.customer)) !== null) return planned;
  if (invoice.webhooks_delivered_at === null)
    return Math.max(planned, invoice.created + draftSecondsUnanswered);
  return Math.max(planned, invoice.webhooks_delivered_at + draftSeconds);
}

function dueOfLateEvent(world: World, id: string): Due | null {
  const late = world.store.get("lateEvents", id);
  if (late === undefined) return null;
  const run = () => {
    happenLate(world, late);
    world.store.remove("lateEvents", id);
  };
  return { at: late.at, run };
}
