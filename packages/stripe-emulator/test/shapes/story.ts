import type Stripe from "stripe";
import type { EmulatorOptions } from "../../src/index.ts";
import { makePrice, type Shop } from "../shop.ts";

/** A piece of a business's life: what is called and what happens, so that objects reach the states that matter. */
export interface Story {
  tells: string;
  options?: EmulatorOptions;
  live: (shop: Shop) => Promise<void>;
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
