import { createCaller } from "@liveassist/api";
import type { Emulator } from "@liveassist/stripe-emulator";
import Stripe from "stripe";
import type { StartedApp } from "./start-app.ts";

/** The types our server acts on (requirements R15), written down a second time: this is the test's own list. */
const HANDLED = new Set([
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "customer.subscription.paused",
  "customer.subscription.resumed",
  "customer.subscription.trial_will_end",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice.payment_failed",
  "invoice.payment_action_required",
  "charge.refunded",
  "charge.dispute.created",
  "charge.dispute.closed",
  "customer.deleted",
]);

type Named = { id?: unknown; customer?: unknown; charge?: unknown };

/** One user at Stripe: what they and Stripe do. Nothing here tells our server; that is what deliveries are for. */
export class Life {
  readonly userId: string;
  readonly emulator: Emulator;
  readonly stripe: Stripe;
  private readonly server: StartedApp;
  readonly customers: string[] = [];
  subscriptionId = "";
  disputeId = "";
  private readonly own: Stripe.Event[] = [];
  private readTo: number;

  constructor(userId: string, { server, emulator }: { server: StartedApp; emulator: Emulator }) {
    this.userId = userId;
    this.server = server;
    this.emulator = emulator;
    this.readTo = emulator.events().length;
    const host = { host: "127.0.0.1", port: emulator.port, protocol: "http" } as const;
    this.stripe = new Stripe("sk_test_life", { ...host, telemetry: false, maxNetworkRetries: 0 });
  }

  /** The product's own procedures, as this user. */
  get caller() {
    return createCaller(this.server.running.deps, { userId: this.userId, role: "user", loginId: "none" });
  }

  get customerId(): string {
    return this.customers.at(-1) ?? "";
  }

  /** Opens our checkout and pays it on Stripe's page. */
  async buys({ trial = false, card = "4242424242424242" as string | null } = {}): Promise<void> {
    const { sessionId } = await this.caller.subscription.createCheckout({ trial });
    const paid = await this.emulator.completeCheckout(sessionId, card);
    if (paid.outcome !== "complete") throw new Error(`not paid: ${JSON.stringify(paid)}`);
    this.subscriptionId = String(paid.session.subscription);
    const customer = String(paid.session.customer);
    if (!this.customers.includes(customer)) this.customers.push(customer);
  }

  /** A subscription made by hand in the dashboard, for a customer of its own that names the user. */
  async isSubscribed(params: Partial<Stripe.SubscriptionCreateParams> = {}, card?: string): Promise<void> {
    const metadata = { userId: this.userId };
    const { customers, paymentMethods, subscriptions } = this.stripe;
    const { id: customer } = await customers.create({ metadata });
    this.customers.push(customer);
    const saved = card === undefined ? null : (await paymentMethods.attach(card, { customer })).id;
    const items = [{ price: (await this.server.running.deps.price()).priceId }];
    const paying = saved === null ? {} : { default_payment_method: saved };
    const made = await subscriptions.create({ customer, items, metadata, ...paying, ...params });
    this.subscriptionId = made.id;
  }

  read = (): Promise<Stripe.Subscription> => this.stripe.subscriptions.retrieve(this.subscriptionId);
  changes = (params: Stripe.SubscriptionUpdateParams): Promise<unknown> =>
    this.stripe.subscriptions.update(this.subscriptionId, params);
  ends = (): Promise<unknown> => this.stripe.subscriptions.cancel(this.subscriptionId);

  /** As the portal does it: only `cancel_at` is set (stripe-facts J). */
  async cancelsInPortal(): Promise<void> {
    const end = (await this.read()).items.data[0]?.current_period_end;
    if (end === undefined) throw new Error("no period");
    await this.changes({ cancel_at: end });
  }

  async usesCard(token: string): Promise<void> {
    const { id } = await this.stripe.paymentMethods.attach(token, { customer: this.customerId });
    await this.changes({ default_payment_method: id });
  }

  /** Pays the newest invoice with a good card, as on its hosted page. */
  async paysInvoice(): Promise<void> {
    const invoice = (await this.read()).latest_invoice;
    await this.stripe.invoices.pay(String(invoice), { payment_method: "pm_card_visa" });
  }

  charge(): string {
    const paid = this.emulator
      .events()
      .findLast((one) => one.type === "charge.succeeded" && this.isMine(one.data.object));
    return String((paid?.data.object as Named | undefined)?.id);
  }

  async moves(price: Partial<Stripe.PriceCreateParams>): Promise<void> {
    const { id } = await this.stripe.prices.create({
      currency: "sek",
      unit_amount: 6900,
      recurring: { interval: "month" },
      ...price,
    });
    const item = (await this.read()).items.data[0];
    await this.changes({ items: [{ id: String(item?.id), price: id }], proration_behavior: "none" });
  }

  /** An event that the emulator cannot cause, made like one it did. */
  hearsToo(type: Stripe.Event["type"], like: Stripe.Event["type"]): void {
    const model = this.emulator.events().findLast((one) => one.type === like && this.isMine(one.data.object));
    this.own.push({ ...structuredClone(model), id: `evt_own_${crypto.randomUUID()}`, type } as Stripe.Event);
  }

  /** The handled events of this user since the last call, as Stripe made them. */
  news(): Stripe.Event[] {
    const all = this.emulator.events();
    const fresh = all
      .slice(this.readTo)
      .filter((event) => HANDLED.has(event.type) && this.isMine(event.data.object));
    this.readTo = all.length;
    return [...fresh, ...this.own.splice(0)];
  }

  private isMine(one: object): boolean {
    const object: Named = one;
    const mine = (id: unknown): boolean => typeof id === "string" && this.customers.includes(id);
    if (mine(object.customer) || mine(object.id)) return true;
    const charge = typeof object.charge === "string" ? (this.emulator.get(object.charge) as Named) : null;
    return mine(charge?.customer);
  }
}
