import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
let subscription: Stripe.Subscription;
let customer: Stripe.Customer;
beforeAll(async () => {
  shop = await openShop();
  ({ subscription, customer } = await buy(shop));
});
afterAll(() => shop.close());

describe("what can be expanded", () => {
  it("goes four levels deep, also through lists and in the answer to a change", async () => {
    const { stripe } = shop;
    const expand = ["data.latest_invoice.payments"];
    const [listed] = (await stripe.subscriptions.list({ expand: ["data.customer", "data.latest_invoice"] }))
      .data;
    expect(listed).toMatchObject({ customer: { id: customer.id }, latest_invoice: { object: "invoice" } });
    const changed = await stripe.subscriptions.update(subscription.id, {
      metadata: { seen: "1" },
      expand: ["latest_invoice.payments.data.invoice"],
    });
    expect(changed).toMatchObject({ latest_invoice: { payments: { object: "list" } } });
    expect(await stripe.subscriptions.list({ expand })).toMatchObject({
      data: [{ latest_invoice: { payments: { data: [{ object: "invoice_payment" }] } } }],
    });
    const five = refusal(
      stripe.subscriptions.list({ expand: ["data.latest_invoice.payments.data.invoice"] }),
    );
    expect(await five).toMatchObject({ statusCode: 400, param: "expand" });
    expect((await five).message).toBe("You cannot expand more than 4 levels of a property.");
  });

  it("is absent when it must be asked for, and as it was when it is not expanded", async () => {
    const { stripe } = shop;
    const plain = await stripe.invoices.retrieve(String(subscription.latest_invoice));
    expect(plain).not.toHaveProperty("payments");
    expect(plain).not.toHaveProperty("confirmation_secret");
    expect(await stripe.customers.retrieve(customer.id)).not.toHaveProperty("subscriptions");
    const full = await stripe.invoices.retrieve(String(plain.id), {
      expand: ["payments", "customer", "customer"],
    });
    expect(full).toMatchObject({ payments: { data: [{ status: "paid" }] }, customer: { id: customer.id } });
    expect((await stripe.invoices.retrieve(String(plain.id))).customer).toBe(customer.id);
  });

  it.each(["nonsense", "status", "customer.name", "items.data.price.nonsense", "data.customer", "", "a..b"])(
    "is not %o, which is refused by name, and nothing is done",
    async (path) => {
      const before = shop.emulator.events().length;
      const params = { metadata: { never: "1" }, expand: [path] };
      const error = await refusal(shop.stripe.subscriptions.update(subscription.id, params));
      expect(error).toMatchObject({ statusCode: 400, param: "expand" });
      expect(error.message).toContain(`This property cannot be expanded (${path})`);
      expect((await shop.stripe.subscriptions.retrieve(subscription.id)).metadata).not.toHaveProperty(
        "never",
      );
      expect(shop.emulator.events()).toHaveLength(before);
    },
  );
});
