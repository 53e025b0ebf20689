import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import { BrowserUser } from "./browser-user.ts";
import { deliver } from "./deliver.ts";
import { type StartedApp, startApp } from "./start-app.ts";

/** The types our server acts on; the emulator, like Stripe, sends more. */
const HANDLED =
  /^(checkout\.session\.|customer\.subscription\.|invoice\.(paid|payment_succeeded|payment_failed)$)/;

export interface Event {
  readonly id: string;
  readonly type: string;
}

export interface Purchase {
  readonly user: BrowserUser;
  readonly sessionId: string;
  readonly customerId: string;
}

/** A server with the emulator as its Stripe and its clock; events go nowhere by themselves. */
export interface Shop {
  readonly emulator: Emulator;
  readonly server: StartedApp;
  /** Signs up, opens a checkout and pays it; nothing is delivered. */
  buy(name: string, trial: boolean): Promise<Purchase>;
  /** The handled events of one purchase so far, as Stripe made them. */
  eventsOf(purchase: Purchase): Event[];
  /** Posts events one after the other, each acknowledged before the next. */
  inTurn(events: readonly Event[]): Promise<void>;
  post(event: Event): Promise<void>;
  stop(): Promise<void>;
}

/** Starts both. The emulator has no endpoint: a test delivers what it wants, as often as it wants. */
export async function openShop(): Promise<Shop> {
  const emulator = await startEmulator({ seed: 1 });
  const secret = "whsec_orders";
  const server = await startApp({
    stripe: { url: emulator.url, secret },
    clock: { now: () => emulator.clock.now(), wall: () => Date.now() },
    env: { LOG_LEVEL: "warn" },
  });
  async function post(event: Event): Promise<void> {
    const { status, body } = await deliver(server.url, event, { secret });
    if (status !== 200) throw new Error(`${event.type}: ${status} ${JSON.stringify(body)}`);
  }
  return {
    emulator,
    server,
    async buy(name, trial) {
      const user = await new BrowserUser(server.url).signUp(name);
      const { status, body } = await user.post("/api/subscriptions/create-checkout", { trial });
      if (status !== 200) throw new Error(`checkout: ${status} ${JSON.stringify(body)}`);
      const sessionId = String(body["sessionId"]);
      const paid = await emulator.completeCheckout(sessionId);
      if (paid.outcome !== "complete") throw new Error(`not paid: ${JSON.stringify(paid)}`);
      return { user, sessionId, customerId: String(paid.session.customer) };
    },
    eventsOf: ({ customerId }) =>
      emulator
        .events()
        .filter((event) => HANDLED.test(event.type) && "customer" in event.data.object)
        .filter((event) => (event.data.object as { customer?: unknown }).customer === customerId),
    async inTurn(events) {
      for (const event of events) await post(event);
    },
    post,
    async stop() {
      await server.stop();
      await emulator.close();
    },
  };
}

/** Runs over many at once, a few at a time: the server's password hashing is what takes long. */
export async function each<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T, at);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return results;
}
