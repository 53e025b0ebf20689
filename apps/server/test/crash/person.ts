import { setTimeout as pause } from "node:timers/promises";
import type Stripe from "stripe";
import { BrowserUser, type Tab } from "../support/browser-user.ts";
import type { Lane } from "./lane.ts";

const PATIENCE_MS = 180_000;

/** Tries until the server answers: people press the button again when it was down. */
export async function untilAnswered<T>(what: string, attempt: () => Promise<T | null>): Promise<T> {
  let last: unknown = "no answer";
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
    try {
      const answer = await attempt();
      if (answer !== null) return answer;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`${what}: ${String(last)}`);
}

/** Somebody with an account, a tab that stays open, and whatever customers Stripe has of them. */
export class Person {
  readonly user: BrowserUser;
  private tab: Tab | null = null;
  readonly customers: string[] = [];
  /** Of the latest purchase. */
  subscriptionId = "";
  /** Customers that were deleted at Stripe, with all they had. */
  readonly deleted = new Set<string>();
  private readonly lane: Lane;

  private constructor(lane: Lane, user: BrowserUser) {
    this.lane = lane;
    this.user = user;
  }

  /** Who is `away` has no tab: no socket that comes back after a kill asks Stripe in the workers' place. */
  static async signUp(lane: Lane, name: string, { away = false } = {}): Promise<Person> {
    const user = await untilAnswered("sign-up", () => new BrowserUser(lane.url).signUp(name));
    const person = new Person(lane, user);
    if (!away) await person.listens();
    return person;
  }

  /** Their tab, which hears everything from the beginning on; opened when there is none yet. */
  async listens(): Promise<Tab> {
    this.tab ??= await this.user.openTab(0);
    return this.tab;
  }

  async leaves(): Promise<void> {
    await this.tab?.close();
  }

  async opensCheckout(trial: boolean): Promise<string> {
    return untilAnswered("checkout", async () => {
      const { status, body } = await this.user.post("/api/subscriptions/create-checkout", { trial });
      if (status >= 400 && status < 500) throw new Error(`refused: ${JSON.stringify(body)}`);
      return status === 200 ? String(body["sessionId"]) : null;
    });
  }

  /** Pays on Stripe's page; nothing tells our server but events. */
  async pays(sessionId: string): Promise<void> {
    const paid = await this.lane.emulator.completeCheckout(sessionId);
    if (paid.outcome !== "complete") throw new Error(`not paid: ${JSON.stringify(paid)}`);
    this.subscriptionId = String(paid.session.subscription);
    this.knows(String(paid.session.customer));
  }

  async buys(trial: boolean): Promise<void> {
    await this.pays(await this.opensCheckout(trial));
  }

  knows(customerId: string): void {
    if (!this.customers.includes(customerId)) this.customers.push(customerId);
  }

  changes = (params: Stripe.SubscriptionUpdateParams): Promise<unknown> =>
    this.lane.stripe.subscriptions.update(this.subscriptionId, params);

  /** From now on this card is charged. */
  async usesCard(token: string): Promise<void> {
    const customer = this.customers.at(-1) ?? "";
    const { id } = await this.lane.stripe.paymentMethods.attach(token, { customer });
    await this.changes({ default_payment_method: id });
  }

  charge(): string {
    const mine = (one: { customer?: unknown }): boolean => this.customers.includes(String(one.customer));
    const paid = this.lane.emulator
      .events()
      .findLast((event) => event.type === "charge.succeeded" && mine(event.data.object as object));
    return String((paid?.data.object as { id?: unknown } | undefined)?.id);
  }
}
