import { AppError } from "@liveassist/shared/errors";
import {
  type CheckoutSnapshot,
  type NewCheckoutSession,
  type NewCustomer,
  StripeError,
  type StripePort,
  type SubscriptionSnapshot,
} from "../../src/stripe-port.ts";
import { StripeFaults } from "./stripe-faults.ts";
import { PRICE, type Session, StripeWorld } from "./stripe-world.ts";

/** The signature this Stripe puts under its events. */
export const SIGNATURE = "t=0,v1=fake";
const DAY = 86_400_000;

/**
 * Stripe's port over a world in memory: no HTTP, no SDK, so that thousands of schedules fit into a second. What is tested
 * with it is ours; the adapter over the real SDK has its own tests against a stub.
 */
export class FakeStripe implements StripePort {
  readonly world: StripeWorld;
  readonly faults = new StripeFaults();
  private readonly answered = new Map<string, string>();
  private readonly inProgress = new Set<string>();
  private frozen: Map<string, SubscriptionSnapshot[]> | null = null;

  constructor(now: () => number) {
    this.world = new StripeWorld(now);
  }

  /** Lists of subscriptions show today's world until thawed, however it moves on: an eventually consistent replica. */
  freezeLists(): void {
    this.frozen = new Map(
      [...this.world.customers.keys()].map((id) => [id, structuredClone(this.subscriptionsOf(id))]),
    );
  }

  thawLists(): void {
    this.frozen = null;
  }

  verifyWebhook(_rawBody: Buffer, signature: string | undefined): void {
    if (signature !== SIGNATURE) throw new AppError("INVALID_SIGNATURE", "Invalid signature: not ours.");
  }

  accountId() {
    return this.faults.run("accountId", () => "acct_fake");
  }

  createCustomer({ userId, idempotencyKey }: NewCustomer): Promise<string> {
    return this.once("createCustomer", idempotencyKey, () => this.world.customer(userId).id);
  }

  retrieveCustomer(id: string) {
    return this.faults.run("retrieveCustomer", () => this.world.customers.get(id) ?? null);
  }

  ensurePrice() {
    return this.faults.run("ensurePrice", () => PRICE);
  }

  createCheckoutSession(input: NewCheckoutSession): Promise<CheckoutSnapshot> {
    return this.once("createCheckoutSession", `checkout:${input.attemptId}`, () => {
      if (this.world.customers.get(input.customerId)?.deleted !== false)
        throw new StripeError("rejected", `Stripe 400: No such customer: ${input.customerId}`, null);
      const id = this.world.id("cs");
      const session: Session = {
        id,
        status: "open",
        url: `https://checkout.example/${id}`,
        customerId: input.customerId,
        subscriptionId: null,
        userIds: [input.userId],
        attemptId: input.attemptId,
        expiresAt: this.world.now() + DAY,
        trialDays: input.trialDays,
      };
      this.world.sessions.set(id, session);
      return id;
    }).then((id) => structuredClone(this.world.session(id)));
  }

  retrieveCheckoutSession(id: string) {
    return this.faults.run("retrieveCheckoutSession", () => this.world.sessions.get(id) ?? null);
  }

  listOpenCheckoutSessions(customerId: string) {
    return this.faults.run("listOpenCheckoutSessions", () => this.openSessions(customerId));
  }

  expireCheckoutSession(id: string) {
    return this.faults.run("expireCheckoutSession", () => {
      const session = this.world.session(id);
      if (session.status === "open") Object.assign(session, { status: "expired", url: null });
      return session;
    });
  }

  listSubscriptions(customerId: string) {
    return this.faults.run("listSubscriptions", () => {
      if (!this.world.customers.has(customerId)) return null;
      return this.frozen?.get(customerId) ?? this.subscriptionsOf(customerId);
    });
  }

  retrieveSubscription(id: string) {
    return this.faults.run("retrieveSubscription", () => this.world.subscriptions.get(id) ?? null);
  }

  listInvoices(customerId: string) {
    return this.faults.run("listInvoices", () =>
      [...this.world.invoices.values()].filter((one) => one.customerId === customerId),
    );
  }

  retrieveInvoice(id: string) {
    return this.faults.run("retrieveInvoice", () => this.world.invoices.get(id) ?? null);
  }

  customerOfCharge(chargeId: string) {
    return this.faults.run("customerOfCharge", () => this.world.charges.get(chargeId) ?? null);
  }

  scheduleCancel(id: string) {
    return this.faults.run("scheduleCancel", () => {
      const subscription = this.world.subscription(id);
      Object.assign(subscription, { cancelAtPeriodEnd: true, cancelAt: subscription.periodEnd });
    });
  }

  /** As Stripe does it: clearing `cancel_at` leaves a cancel by `cancel_at_period_end` alone. */
  clearScheduledCancel(id: string, which: "cancel_at" | "cancel_at_period_end") {
    return this.faults.run("clearScheduledCancel", () => {
      const subscription = this.world.subscription(id);
      if ((which === "cancel_at_period_end") !== subscription.cancelAtPeriodEnd) return;
      Object.assign(subscription, { cancelAtPeriodEnd: false, cancelAt: null });
    });
  }

  cancelNow(id: string) {
    return this.faults.run("cancelNow", () => this.world.end(this.world.subscription(id)));
  }

  createPortalSession(customerId: string, returnUrl: string) {
    return this.faults.run(
      "createPortalSession",
      () => `https://portal.example/${customerId}?to=${returnUrl}`,
    );
  }

  /** Two a page, so that every walk has to page. */
  pageOfSubscriptions(after: string | null) {
    return this.faults.run("pageOfSubscriptions", () => {
      const all = [...this.world.subscriptions.values()];
      const { page, next } = pageOf(all, after);
      return { subscriptions: page, next };
    });
  }

  pageOfEvents(since: number, after: string | null) {
    return this.faults.run("pageOfEvents", () => {
      const { page, next } = pageOf(
        this.world.events.filter((one) => one.createdAt >= since).reverse(),
        after,
      );
      return { bodies: page.map((one) => one.body), next };
    });
  }

  resumePaused(id: string) {
    return this.faults.run("resumePaused", () => {
      const { status } = this.world.subscription(id);
      if (status !== "paused") throw new StripeError("rejected", `Stripe 400: it is ${status}`, null);
      Object.assign(this.world.subscription(id), { status: "active" });
    });
  }

  refundLastPayment(subscriptionId: string, idempotencyKey: string) {
    return this.faults.run("refundLastPayment", () => this.world.refund(subscriptionId, idempotencyKey));
  }

  readBilling(customerId: string) {
    return this.faults.run("readBilling", () => this.world.billing(customerId));
  }

  openSessions(customerId: string): Session[] {
    return [...this.world.sessions.values()].filter(
      (one) => one.customerId === customerId && one.status === "open",
    );
  }

  private subscriptionsOf(customerId: string): SubscriptionSnapshot[] {
    return [...this.world.subscriptions.values()].filter((one) => one.customerId === customerId);
  }

  /** The same key gives the first answer again; while the first is under way, 409 (stripe-facts §7). */
  private async once(
    method: "createCustomer" | "createCheckoutSession",
    key: string,
    work: () => string,
  ): Promise<string> {
    if (this.inProgress.has(key)) {
      this.faults.calls.push(method);
      throw new StripeError("unavailable", "Stripe 409: idempotency_key_in_use", null);
    }
    this.inProgress.add(key);
    try {
      return await this.faults.run(method, () => {
        const answer = this.answered.get(key) ?? work();
        this.answered.set(key, answer);
        return answer;
      });
    } finally {
      this.inProgress.delete(key);
    }
  }
}

function pageOf<T extends { readonly id: string }>(all: readonly T[], after: string | null) {
  const from = after === null ? 0 : all.findIndex((one) => one.id === after) + 1;
  const page = all.slice(from, from + 2);
  return { page, next: from + 2 < all.length ? (page.at(-1)?.id ?? null) : null };
}
