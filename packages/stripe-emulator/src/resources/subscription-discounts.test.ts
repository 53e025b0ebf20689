import type Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { FIFTY, openPlanBuyers } from "../../test/plan-buyers.ts";
import { DAY, refusal, type Shop } from "../../test/shop.ts";

const buyers = openPlanBuyers();
const { customerWithCard, subscribe, invoices } = buyers;
let shop: Shop;
let price: Stripe.Price;
beforeEach(() => {
  ({ shop, price } = buyers);
});

const MONTH = 32 * DAY;

describe("discounts of a running subscription", () => {
  it("are replaced by a list, kept by their id, and taken away by an empty string", async () => {
    const { stripe } = shop;
    await stripe.coupons.create(FIFTY);
    await stripe.coupons.create({ ...FIFTY, id: "TEN", percent_off: 10 });
    const { id, discounts } = await subscribe({ discounts: [{ coupon: "FIFTY" }] });
    const first = String(discounts[0]);
    const two = await stripe.subscriptions.update(id, {
      discounts: [{ discount: first }, { coupon: "TEN" }],
    });
    expect(two.discounts).toEqual([first, expect.stringMatching(/^di_/)]);
    expect((await stripe.subscriptions.update(id, { metadata: { a: "b" } })).discounts).toEqual(
      two.discounts,
    );
    const one = await stripe.subscriptions.update(id, { discounts: [{ coupon: "TEN" }] });
    expect(one.discounts).toHaveLength(1);
    expect(two.discounts).not.toContain(one.discounts[0]);
    await stripe.subscriptions.update(id, { discounts: "" });
    const told = shop.emulator.events().filter(({ type }) => type.startsWith("customer.discount"));
    expect(told.map(({ type }) => type.split(".")[2])).toEqual([
      "created",
      "created",
      "created",
      "deleted",
      "deleted",
      "deleted",
    ]);
    const change = shop.emulator.events().findLast(({ type }) => type === "customer.subscription.updated");
    expect(change?.data.previous_attributes).toEqual({ discounts: one.discounts });
    await shop.emulator.clock.advance(MONTH);
    expect((await invoices(await stripe.subscriptions.retrieve(id))).map(({ total }) => total)).toEqual([
      1950, 3900,
    ]);
  });

  it("can be deleted, and old invoices go on showing them, as deleted", async () => {
    const { stripe } = shop;
    await stripe.coupons.create(FIFTY);
    const { id, discounts } = await subscribe({ discounts: [{ coupon: "FIFTY" }] });
    expect(await stripe.subscriptions.deleteDiscount(id)).toMatchObject({
      id: discounts[0],
      object: "discount",
      deleted: true,
    });
    expect((await stripe.subscriptions.retrieve(id)).discounts).toEqual([]);
    const [invoice] = (await stripe.invoices.list({ subscription: id, expand: ["data.discounts"] })).data;
    expect(invoice?.discounts).toMatchObject([{ id: discounts[0], deleted: true }]);
    expect(await refusal(stripe.subscriptions.deleteDiscount(id))).toMatchObject({ statusCode: 404 });
  });

  it("put on later, a coupon for once waits for the next invoice", async () => {
    await shop.stripe.coupons.create({ ...FIFTY, duration: "once" });
    const { id } = await subscribe();
    const updated = await shop.stripe.subscriptions.update(id, { discounts: [{ coupon: "FIFTY" }] });
    expect(updated.discounts).toHaveLength(1);
    for (let month = 0; month < 2; month += 1) await shop.emulator.clock.advance(MONTH);
    expect((await invoices(updated)).map(({ total }) => total)).toEqual([3900, 1950, 3900]);
  });
});

describe("a customer's discount", () => {
  const old = { apiVersion: "2024-12-18.acacia" as never };

  it("is set, switched and taken away by calls of versions that have a coupon parameter", async () => {
    const { stripe } = shop;
    await stripe.coupons.create(FIFTY);
    await stripe.coupons.create({ ...FIFTY, id: "TEN", percent_off: 10 });
    const { id } = await stripe.customers.create({ coupon: "FIFTY" } as never, old);
    expect(
      (await stripe.customers.retrieve(id, { expand: ["discount.source.coupon"] })) as object,
    ).toMatchObject({
      discount: { customer: id, subscription: null, source: { coupon: { percent_off: 50 } } },
    });
    await stripe.customers.update(id, { coupon: "TEN" } as never, old);
    await stripe.customers.update(id, { coupon: "" } as never, old);
    const told = shop.emulator.events().filter(({ type }) => type.startsWith("customer."));
    expect(told.map(({ type }) => type)).toEqual([
      "customer.created",
      "customer.discount.created",
      "customer.discount.updated",
      "customer.updated",
      "customer.discount.deleted",
    ]);
    expect(told[2]?.data.previous_attributes).toMatchObject({ source: { coupon: "FIFTY" } });
    expect(await refusal(stripe.customers.deleteDiscount(id))).toMatchObject({
      statusCode: 404,
      message: `No active discount for customer: ${id}`,
    });
  });

  it("has no parameter today", async () => {
    const error = await refusal(shop.stripe.customers.create({ coupon: "FIFTY" } as never));
    expect(error).toMatchObject({ code: "parameter_unknown", param: "coupon" });
  });

  it("is not what a session with a discount of its own breaks its total down to", async () => {
    const { stripe } = shop;
    await stripe.coupons.create(FIFTY);
    const code = await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: "FIFTY" } });
    const { id } = await stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: price.id, quantity: 1 }],
      discounts: [{ promotion_code: code.id }],
      success_url: "http://shop.example/",
      customer_email: "ada@example.com",
    });
    const expand = ["total_details.breakdown"];
    const open = (await stripe.checkout.sessions.retrieve(id, { expand })).total_details?.breakdown;
    expect(open?.discounts).toMatchObject([{ amount: 1950, discount: { promotion_code: code.id } }]);
    await shop.emulator.completeCheckout(id);
    const done = await stripe.checkout.sessions.retrieve(id, { expand });
    const subscription = await stripe.subscriptions.retrieve(String(done.subscription));
    expect(done.total_details?.breakdown?.discounts).toMatchObject([
      { amount: 1950, discount: { id: subscription.discounts[0], checkout_session: null } },
    ]);
  });

  it("counts in Checkout, which asks for what the first invoice comes to", async () => {
    const { stripe } = shop;
    await stripe.coupons.create(FIFTY);
    const { id: customer } = await stripe.customers.create({ coupon: "FIFTY" } as never, old);
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      customer,
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: "http://shop.example/",
    });
    expect(session).toMatchObject({ amount_subtotal: 3900, amount_total: 1950, discounts: [] });
    const expand = ["total_details.breakdown"];
    const { total_details } = await stripe.checkout.sessions.retrieve(session.id, { expand });
    expect(total_details).toMatchObject({
      amount_discount: 1950,
      breakdown: {
        discounts: [{ amount: 1950, discount: { customer, source: { coupon: "FIFTY" } } }],
        taxes: [],
      },
    });
    await shop.emulator.completeCheckout(session.id);
    const [subscription] = (await stripe.subscriptions.list({ customer })).data;
    if (subscription === undefined) throw new Error("no subscription");
    expect(subscription.discounts).toEqual([]);
    const [invoice] = await invoices(subscription);
    expect(invoice).toMatchObject({ total: 1950, amount_paid: 1950 });
    expect((await stripe.coupons.retrieve("FIFTY")).times_redeemed).toBe(1);
  });

  it("counts for every subscription without a discount of its own", async () => {
    const { stripe } = shop;
    await stripe.coupons.create(FIFTY);
    await stripe.coupons.create({ ...FIFTY, id: "TEN", percent_off: 10 });
    const { id: customer } = await customerWithCard();
    await stripe.customers.update(customer, { coupon: "FIFTY" } as never, old);
    const [inherited] = await invoices(await subscribe({ customer }));
    const [own] = await invoices(await subscribe({ customer, discounts: [{ coupon: "TEN" }] }));
    expect([inherited?.total, own?.total]).toEqual([1950, 3510]);
    await stripe.customers.deleteDiscount(customer);
    const [without] = await invoices(await subscribe({ customer }));
    expect(without?.total).toBe(3900);
  });
});
