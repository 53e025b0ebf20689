import { isOver } from "@liveassist/shared/subscription";
import type {
  CheckoutSnapshot,
  InvoiceSnapshot,
  PriceOffer,
  StripePort,
  SubscriptionSnapshot,
} from "../stripe-port.ts";
import { isOurs } from "./load-facts.ts";
import type { EventFacts } from "./read-event.ts";

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

/** What has to be known of a customer before Stripe can be asked about it. */
export interface Question {
  readonly customerId: string;
  /** Drawn after the pending events were read, before Stripe is asked. */
  readonly seq: number;
  /** Domain time, epoch milliseconds. */
  readonly at: number;
  readonly pending: readonly { readonly facts: EventFacts }[];
  readonly stored: readonly {
    readonly id: string;
    readonly status: string;
    readonly firstPaidAt: Date | null;
  }[];
  /** Checkout sessions of purchases still under way. */
  readonly sessionsUnderWay: readonly string[];
  readonly price: PriceOffer;
}

/**
 * Asks Stripe what is true of a customer now, touching nothing of ours. What does not depend on each other is asked at the
 * same time, because each answer takes a while and a person waits for the badge. Ends in `StripeError`.
 */
export async function askAboutCustomer(stripe: StripePort, question: Question): Promise<Observation> {
  const { customerId, seq, at, pending, stored, price } = question;
  const unknown = new Set<string>();
  const invoiceEvents = pending.filter((event) => event.facts.subject === "invoice");
  const paidBefore = new Set(stored.filter((one) => one.firstPaidAt !== null).map((one) => one.id));
  const awaitsPayment = invoiceEvents.length > 0 || (pending.length > 0 && paidBefore.size === 0);
  const [sessions, listed, early] = await Promise.all([
    namedSessions(stripe, question, unknown),
    stripe.listSubscriptions(customerId),
    awaitsPayment ? stripe.listInvoices(customerId) : null,
  ]);
  const { list, customerDeleted, lost } = await completeList(stripe, question, { sessions, listed, unknown });
  const curious = list.some(
    (one) => isOurs(one.items, price) && (!paidBefore.has(one.id) || one.status === "past_due"),
  );
  // Asked beside the list, an answer may miss the invoice that made the subscription overdue.
  const mustAskAfter = curious && (early === null || list.some((one) => one.status === "past_due"));
  const invoices = mustAskAfter ? await stripe.listInvoices(customerId) : early;
  for (const event of invoiceEvents) {
    const id = event.facts.objectId;
    if (id === null || invoices?.some((invoice) => invoice.id === id)) continue;
    if ((await stripe.retrieveInvoice(id)) === null) unknown.add(id);
  }
  return { customerId, seq, at, customerDeleted, subscriptions: list, invoices, sessions, lost, unknown };
}

/** The checkout sessions that events name, and those of purchases still under way. */
async function namedSessions(
  stripe: StripePort,
  { pending, sessionsUnderWay }: Question,
  unknown: Set<string>,
): Promise<CheckoutSnapshot[]> {
  const named = [...pending.map((event) => event.facts.sessionId), ...sessionsUnderWay];
  const found: CheckoutSnapshot[] = [];
  for (const id of new Set(named.filter((one) => one !== null))) {
    const session = await stripe.retrieveCheckoutSession(id);
    if (session) found.push(session);
    else unknown.add(id);
  }
  return found;
}

interface Answers {
  readonly sessions: readonly CheckoutSnapshot[];
  /** Null: Stripe does not know the customer. */
  readonly listed: readonly SubscriptionSnapshot[] | null;
  readonly unknown: Set<string>;
}

/** The one list, and by id whatever a stored row or an event says must exist and the list does not have (design I2). */
async function completeList(stripe: StripePort, question: Question, { sessions, listed, unknown }: Answers) {
  const { customerId, stored, pending } = question;
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
    const found = await stripe.retrieveSubscription(id);
    if (found && found.customerId === customerId) list.push(found);
    else missing.push(id);
  }
  for (const id of missing) unknown.add(id);
  const saysDeleted = pending.some((event) => event.facts.type === "customer.deleted");
  const mustAsk = listed === null || missing.some((id) => live.includes(id)) || saysDeleted;
  const customer = mustAsk ? await stripe.retrieveCustomer(customerId) : null;
  const customerDeleted = customer?.deleted ?? false;
  if (mustAsk && customer === null) unknown.add(customerId);
  const lost = missing.filter((id) => live.includes(id));
  return { list, customerDeleted, lost };
}
