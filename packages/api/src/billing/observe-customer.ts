import { checkoutAttempts, subscriptions } from "@liveassist/db/schema";
import { isOver } from "@liveassist/shared/subscription";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { CheckoutSnapshot, InvoiceSnapshot, PriceOffer, SubscriptionSnapshot } from "../stripe-port.ts";
import type { PendingEvent } from "./pending-events.ts";

/** Stripe's state of one customer with its sequence number: complete, or an error was thrown (design I2). */
export interface Observation {
  readonly customerId: string;
  readonly seq: number;
  /** Domain time before Stripe was asked, epoch milliseconds: a stale answer never looks fresh. */
  readonly at: number;
  readonly customerDeleted: boolean;
  readonly subscriptions: readonly SubscriptionSnapshot[];
  /** Null: not asked, because nothing could be learned from them. */
  readonly invoices: readonly InvoiceSnapshot[] | null;
  readonly sessions: readonly CheckoutSnapshot[];
  /** Stored live subscriptions that Stripe no longer knows although the customer lives: kept, and alarmed. */
  readonly lost: readonly string[];
  /** Ids named by events that Stripe answers 404 for (requirements R15). */
  readonly unknown: ReadonlySet<string>;
}

type Stored = { readonly id: string; readonly status: string; readonly firstPaidAt: Date | null };

/** True when a subscription has an item of our price or product (requirements R9). */
export const isOurs = (
  items: readonly { readonly price: string; readonly product: string }[],
  price: PriceOffer,
): boolean =>
  items.some(
    (item) => item.price === price.priceId || (item.product !== "" && item.product === price.productId),
  );

/**
 * Asks Stripe what is true of a customer now. No lock and no transaction is held meanwhile; what does not depend on each
 * other is asked at the same time, because each answer takes a while and a person waits for the badge.
 */
export async function observeCustomer(
  deps: Deps,
  customerId: string,
  pending: readonly PendingEvent[],
): Promise<Observation> {
  const price = await deps.price();
  const stored = await storedSubscriptions(deps, customerId);
  const at = deps.clock.now();
  const seq = await drawNumber(deps);

  const unknown = new Set<string>();
  const invoiceEvents = pending.filter((event) => event.facts.subject === "invoice");
  const paidBefore = new Set(stored.filter((one) => one.firstPaidAt !== null).map((one) => one.id));
  const awaitsPayment = invoiceEvents.length > 0 || (pending.length > 0 && paidBefore.size === 0);
  const [sessions, listed, early] = await Promise.all([
    namedSessions(deps, { customerId, pending, unknown }),
    deps.stripe.listSubscriptions(customerId),
    awaitsPayment ? deps.stripe.listInvoices(customerId) : null,
  ]);
  const question = { customerId, stored, pending, sessions, listed, unknown };
  const { list, customerDeleted, lost } = await completeList(deps, question);
  const curious = list.some(
    (one) => isOurs(one.items, price) && (!paidBefore.has(one.id) || one.status === "past_due"),
  );
  // Asked beside the list, an answer may miss the invoice that made the subscription overdue.
  const mustAskAfter = curious && (early === null || list.some((one) => one.status === "past_due"));
  const invoices = mustAskAfter ? await deps.stripe.listInvoices(customerId) : early;
  for (const event of invoiceEvents) {
    const id = event.facts.objectId;
    if (id === null || invoices?.some((invoice) => invoice.id === id)) continue;
    if ((await deps.stripe.retrieveInvoice(id)) === null) unknown.add(id);
  }
  return { customerId, seq, at, customerDeleted, subscriptions: list, invoices, sessions, lost, unknown };
}

function storedSubscriptions(deps: Deps, customerId: string): Promise<Stored[]> {
  return deps.db
    .select({
      id: subscriptions.providerSubscriptionId,
      status: subscriptions.status,
      firstPaidAt: subscriptions.firstPaidAt,
    })
    .from(subscriptions)
    .where(eq(subscriptions.customerId, customerId));
}

async function drawNumber(deps: Deps): Promise<number> {
  const [row] = await deps.db.execute<{ seq: string }>(sql`select nextval('observation_seq') as seq`);
  return Number(row?.seq);
}

/** The checkout sessions that events name, and those of purchases still under way. */
async function namedSessions(
  deps: Deps,
  { customerId, pending, unknown }: Pick<ListQuestion, "customerId" | "pending" | "unknown">,
): Promise<CheckoutSnapshot[]> {
  const underWay = await deps.db
    .select({ sessionId: checkoutAttempts.sessionId })
    .from(checkoutAttempts)
    .where(
      and(eq(checkoutAttempts.customerId, customerId), inArray(checkoutAttempts.state, ["open", "paid"])),
    );
  const named = [
    ...pending.map((event) => event.facts.sessionId),
    ...underWay.map((attempt) => attempt.sessionId),
  ];
  const found: CheckoutSnapshot[] = [];
  for (const id of new Set(named.filter((one) => one !== null))) {
    const session = await deps.stripe.retrieveCheckoutSession(id);
    if (session) found.push(session);
    else unknown.add(id);
  }
  return found;
}

interface ListQuestion {
  readonly customerId: string;
  readonly stored: readonly Stored[];
  readonly pending: readonly PendingEvent[];
  readonly sessions: readonly CheckoutSnapshot[];
  /** Null: Stripe does not know the customer. */
  readonly listed: readonly SubscriptionSnapshot[] | null;
  readonly unknown: Set<string>;
}

/** The one list, and by id whatever a stored row or an event says must exist and the list does not have (design I2). */
async function completeList(deps: Deps, question: ListQuestion) {
  const { customerId, stored, pending, sessions, listed, unknown } = question;
  const list = [...(listed ?? [])];
  const live = stored.filter((one) => !isOver(one.status)).map((one) => one.id);
  const named = [
    ...pending
      .filter((event) => !unknown.has(event.facts.sessionId ?? ""))
      .map((event) => event.facts.subscriptionId),
    ...sessions.map((session) => session.subscriptionId),
  ];
  const wanted = new Set([...live, ...named].filter((id) => id !== null));
  const missing: string[] = [];
  for (const id of wanted) {
    if (list.some((one) => one.id === id)) continue;
    const found = await deps.stripe.retrieveSubscription(id);
    if (found && found.customerId === customerId) list.push(found);
    else missing.push(id);
  }
  for (const id of missing) unknown.add(id);
  const mustAsk =
    listed === null || missing.some((id) => live.includes(id)) || says("customer.deleted", pending);
  const customer = mustAsk ? await deps.stripe.retrieveCustomer(customerId) : null;
  const customerDeleted = customer?.deleted ?? false;
  if (mustAsk && customer === null) unknown.add(customerId);
  const lost = missing.filter((id) => live.includes(id));
  return { list, customerDeleted, lost };
}

const says = (type: string, pending: readonly PendingEvent[]): boolean =>
  pending.some((event) => event.facts.type === type);
