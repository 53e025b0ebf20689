import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, HOUR, makePrice, openCheckout, openShop, PAID, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function customerWith(card: string | null): Promise<string> {
  const customer = await shop.stripe.customers.create({});
  if (card === null) return customer.id;
  const { id } = await shop.stripe.paymentMethods.attach(card, { customer: customer.id });
  await shop.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } });
  return customer.id;
}

describe("subscriptions made through the API", () => {
  it("expand four levels and no more", async () => {
    const { subscription } = await buy(shop);
    const latest = await shop.stripe.invoices
      .retrieve(String(subscription.latest_invoice), {
        expand: ["payments.data.payment.payment_intent", "lines.data.pricing.price_details", "customer"],
      })
      .catch((error: unknown) => error);
    expect(latest).toMatchObject({ message: expect.stringContaining("cannot be expanded") });
    const whole = await shop.stripe.invoices.retrieve(String(subscription.latest_invoice), {
      expand: [
        "payments.data.payment.payment_intent",
        "customer",
        "parent.subscription_details.subscription",
      ],
    });
    expect(whole).toMatchObject({
      customer: { email: "ada@example.com" },
      parent: { subscription_details: { subscription: { id: subscription.id } } },
      payments: { data: [{ payment: { payment_intent: { status: "succeeded", amount_received: 3900 } } }] },
    });
    const deep = shop.stripe.subscriptions.list({ expand: ["data.latest_invoice.payments.data.payment"] });
    expect((await refusal(deep)).message).toContain("more than 4 levels");
    const listed = await shop.stripe.subscriptions.list({ expand: ["data.customer", "data.latest_invoice"] });
    expect(listed.data[0]).toMatchObject({
      customer: { object: "customer" },
      latest_invoice: { object: "invoice" },
    });
  });

  it("have trials of two years at most", async () => {
    const { stripe } = shop;
    const [price, customer] = [await makePrice(shop), await customerWith("pm_card_visa")];
    const items = [{ price: price.id }];
    const now = Math.floor(shop.emulator.clock.now() / 1000);
    for (const trial of [
      { trial_period_days: 731 },
      { trial_period_days: -1 },
      { trial_end: now * 1000 },
      { trial_end: now + 731 * 86_400 },
    ])
      expect((await refusal(stripe.subscriptions.create({ customer, items, ...trial }))).param).toBe(
        Object.keys(trial)[0],
      );
    const { id } = await stripe.subscriptions.create({ customer, items, trial_period_days: 730 });
    expect((await refusal(stripe.subscriptions.update(id, { trial_end: now * 1000 }))).param).toBe(
      "trial_end",
    );
    await stripe.subscriptions.cancel(id);
  });

  it("are charged at once on the stored card", async () => {
    const price = await makePrice(shop);
    const customer = await customerWith("pm_card_visa");
    await shop.emulator.settled();
    shop.heard();
    const subscription = await shop.stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      metadata: { a: "b" },
      expand: ["latest_invoice.payments"],
    });
    expect(subscription).toMatchObject({
      status: "active",
      metadata: { a: "b" },
      latest_invoice: { status: "paid", payments: { data: [{ status: "paid" }] } },
    });
    await shop.emulator.settled();
    expect(shop.heard().filter((type) => type.startsWith("customer.subscription"))).toEqual([
      "customer.subscription.created",
    ]);
  });

  it("are incomplete when the card is refused, and expire after 23 hours", async () => {
    const price = await makePrice(shop);
    const customer = await customerWith("pm_card_chargeCustomerFail");
    const params = { customer, items: [{ price: price.id }] };
    const error = await refusal(
      shop.stripe.subscriptions.create({ ...params, payment_behavior: "error_if_incomplete" }),
    );
    expect(error).toMatchObject({ statusCode: 402, type: "StripeCardError", code: "card_declined" });
    expect((await shop.stripe.subscriptions.list({ customer, status: "all" })).data).toEqual([]);
    const { id } = await shop.stripe.subscriptions.create(params);
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe("incomplete");
    await shop.emulator.clock.advance(23 * HOUR);
    const expired = await shop.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    expect(expired).toMatchObject({ status: "incomplete_expired", latest_invoice: { status: "void" } });
  });

  it("need a payment method, an item and a customer", async () => {
    const price = await makePrice(shop);
    const items = [{ price: price.id }];
    expect(
      (await refusal(shop.stripe.subscriptions.create({ customer: await customerWith(null), items })))
        .statusCode,
    ).toBe(400);
    expect((await refusal(shop.stripe.subscriptions.create({ items }))).param).toBe("customer");
    expect(
      (await refusal(shop.stripe.subscriptions.create({ customer: await customerWith(null) }))).param,
    ).toBe("items");
  });

  it("are listed by customer, price and status, canceled ones only when asked for", async () => {
    const { subscription, customer } = await buy(shop);
    const price = String(subscription.items.data[0]?.price.id);
    await shop.stripe.subscriptions.cancel(subscription.id);
    const ids = async (params: object) =>
      (await shop.stripe.subscriptions.list({ customer: customer.id, ...params })).data.map(({ id }) => id);
    expect(await ids({})).toEqual([]);
    for (const status of ["all", "ended", "canceled"])
      expect(await ids({ status })).toEqual([subscription.id]);
    expect(await ids({ status: "active" })).toEqual([]);
    expect(await ids({ status: "all", price })).toEqual([subscription.id]);
    expect(await ids({ status: "all", price: "price_other" })).toEqual([]);
    expect((await refusal(shop.stripe.subscriptions.list({ status: "nonsense" as "all" }))).param).toBe(
      "status",
    );
  });

  it("end their trial at once when told to", async () => {
    const { subscription } = await buy(shop, { subscription_data: { trial_period_days: 5 } });
    shop.heard();
    const ended = await shop.stripe.subscriptions.update(subscription.id, {
      trial_end: "now",
      expand: ["latest_invoice"],
    });
    expect(ended).toMatchObject({ status: "active", latest_invoice: { status: "paid", total: 3900 } });
    await shop.emulator.settled();
    expect(shop.heard()).toEqual([
      "customer.subscription.trial_will_end",
      "customer.subscription.updated",
      "invoice.created",
      ...PAID,
    ]);
  });

  it("begin a period at the end of a trial, and say so when told to keep the old anchor", async () => {
    const { subscription } = await buy(shop, { subscription_data: { trial_period_days: 5 } });
    const update = (end_behavior: object) =>
      shop.stripe.subscriptions.update(subscription.id, { trial_settings: { end_behavior } });
    expect((await refusal(update({ billing_cycle_anchor: "unchanged" }))).message).toContain(
      "does not cover",
    );
    expect((await refusal(update({ billing_cycle_anchor: "later" }))).code).toBe("parameter_invalid");
    const same = await update({ billing_cycle_anchor: "now" });
    expect(same.trial_settings).toEqual(subscription.trial_settings);
    const session = openCheckout(shop, {
      subscription_data: { trial_settings: { end_behavior: { billing_cycle_anchor: "now" } as never } },
    });
    expect((await refusal(session)).param).toContain("[billing_cycle_anchor]");
  });

  it.each([
    ["allow_incomplete", { status: "past_due", latest_invoice: { status: "open", attempt_count: 1 } }],
    ["default_incomplete", { status: "past_due", latest_invoice: { status: "open", attempt_count: 0 } }],
    ["error_if_incomplete", { status: "trialing", latest_invoice: { status: "paid", total: 0 } }],
  ] as const)("end their trial with a bad card as told: %s", async (payment_behavior, left) => {
    const { subscription } = await buy(shop, {
      card: "4000000000000341",
      subscription_data: { trial_period_days: 5 },
    });
    shop.heard();
    const ended = shop.stripe.subscriptions.update(subscription.id, { trial_end: "now", payment_behavior });
    if (payment_behavior === "error_if_incomplete") {
      expect(await refusal(ended)).toMatchObject({ statusCode: 402, code: "card_declined" });
      await shop.emulator.settled();
      expect(shop.heard()).toEqual([]);
    } else await ended;
    expect(
      await shop.stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] }),
    ).toMatchObject(left);
  });
});
