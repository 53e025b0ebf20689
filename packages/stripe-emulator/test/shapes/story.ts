import type Stripe from "stripe";
import type { EmulatorOptions } from "../../src/index.ts";
import { makePrice, openShop, type Shop } from "../shop.ts";
import { type Expansions, expandEverything } from "./expand-everything.ts";
import { readEverything } from "./read-everything.ts";
import { type Exchange, recordingSdk } from "./record-exchanges.ts";

/** A piece of a business's life: what is called and what happens, so that objects reach the states that matter. */
export interface Story {
  tells: string;
  options?: EmulatorOptions;
  live: (shop: Shop) => Promise<void>;
}

/** What was on the wire while stories were lived. */
export interface Wire {
  exchanges: Exchange[];
  /** Every event as it was delivered to the endpoint. */
  events: Stripe.Event[];
  expansions: Expansions;
}

/** Lives the stories one after the other, each in its own emulator, and reads everything that is left at their ends. */
export async function liveAll(stories: readonly Story[]): Promise<Wire> {
  const wire: Wire = { exchanges: [], events: [], expansions: new Map() };
  for (const { tells, options, live } of stories) {
    const opened = await openShop({ seed: 7, ...options });
    const shop = { ...opened, stripe: recordingSdk(opened.emulator.port, wire.exchanges) };
    try {
      await live(shop);
      await opened.emulator.settled();
      await readEverything(shop.stripe);
      await expandEverything(shop.stripe, wire.expansions);
    } catch (error) {
      throw new Error(`The story "${tells}" ended early: ${String(error)}`, { cause: error });
    } finally {
      await opened.close();
    }
    wire.events.push(...opened.received);
  }
  return wire;
}

/** A customer whose card (`pm_card_…`) is the default for invoices. */
export async function customerWithCard({ stripe }: Shop, card: string): Promise<Stripe.Customer> {
  const customer = await stripe.customers.create({ email: "ada@example.com", name: "Ada" });
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  return stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: method.id },
  });
}

/** A subscription of 39 kr a month, by API. */
export async function subscribe(
  shop: Shop,
  card: string,
  params: Partial<Stripe.SubscriptionCreateParams> = {},
): Promise<Stripe.Subscription> {
  const customer = await customerWithCard(shop, card);
  const price = await makePrice(shop);
  return shop.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    ...params,
  });
}

/** What is expected to be refused: the refusal itself is checked like every answer. */
export async function refused(call: Promise<unknown>): Promise<void> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) throw new Error("this call was to be refused, and was carried out");
}
