import { describe, expect, it } from "vitest";
import { amounts, itemsOf, planShop } from "../../test/plan-shop.ts";
import { refusal } from "../../test/shop.ts";

const t = planShop();

describe("the items of a subscription", () => {
  it("are added, changed and removed in one update, each with its own proration", async () => {
    const { id, item } = await t.halfway({ items: [{ price: t.plan.id, metadata: { seat: "1" } }] });
    expect(item.metadata).toEqual({ seat: "1" });
    const heard = await t.since(() =>
      t.shop.stripe.subscriptions.update(id, {
        items: [{ id: item.id, quantity: 2 }, { price: t.extra.id }],
      }),
    );
    expect(heard).toEqual(["customer.subscription.updated", ...Array(3).fill("invoiceitem.created")]);
    let row = await t.shop.stripe.subscriptions.retrieve(id);
    expect(itemsOf(row)).toEqual([
      [3000, 2],
      [1000, 1],
    ]);
    expect(amounts(await t.shop.stripe.invoices.createPreview({ subscription: id }))).toEqual([
      -1500, 3000, 500, 6000, 1000,
    ]);
    row = await t.shop.stripe.subscriptions.update(id, {
      items: [{ id: item.id, deleted: true }],
      proration_behavior: "always_invoice",
    });
    expect(itemsOf(row)).toEqual([[1000, 1]]);
    expect(amounts(await t.latest(id))).toEqual([-1500, 3000, 500, -3000]);
  });

  it("have calls of their own", async () => {
    const { id } = await t.halfway();
    const { subscriptionItems } = t.shop.stripe;
    const added = await subscriptionItems.create({ subscription: id, price: t.extra.id, quantity: 3 });
    expect(added).toMatchObject({ object: "subscription_item", quantity: 3, subscription: id });
    const changed = await subscriptionItems.update(added.id, {
      quantity: 1,
      metadata: { a: "b" },
      proration_behavior: "none",
    });
    expect(changed).toMatchObject({ id: added.id, quantity: 1, metadata: { a: "b" } });
    expect((await subscriptionItems.retrieve(added.id)).price.id).toBe(t.extra.id);
    expect((await subscriptionItems.list({ subscription: id })).data).toHaveLength(2);
    expect(await subscriptionItems.del(added.id)).toEqual(
      expect.objectContaining({ id: added.id, object: "subscription_item", deleted: true }),
    );
    expect((await refusal(subscriptionItems.retrieve(added.id))).statusCode).toBe(404);
  });

  it("of every road are no fewer than none, and no more than a line can be over", async () => {
    const { id, item } = await t.halfway();
    const { checkout, customers, invoiceItems, subscriptions } = t.shop.stripe;
    const method = "pm_card_visa";
    const payer = { payment_method: method, invoice_settings: { default_payment_method: method } };
    const customer = (await customers.create(payer)).id;
    const once = { product: String(t.plan.product), currency: "sek" };
    const line = (quantity: number) => ({ price: t.plan.id, quantity });
    const roads: [string, (quantity: number) => Promise<unknown>][] = [
      ["items[0][quantity]", (n) => subscriptions.create({ customer, items: [line(n)] })],
      ["items[0][quantity]", (n) => subscriptions.update(id, { items: [{ id: item.id, quantity: n }] })],
      [
        "line_items[0][quantity]",
        (n) =>
          checkout.sessions.create({ mode: "subscription", success_url: "http://a/", line_items: [line(n)] }),
      ],
      [
        "quantity",
        (n) => invoiceItems.create({ customer, quantity: n, price_data: { ...once, unit_amount: 3000 } }),
      ],
    ];
    for (const [param, road] of roads) {
      const large = {
        code: "amount_too_large",
        param,
        statusCode: 400,
        message: "Amount must be no more than kr9,999,999,999.99 sek",
      };
      expect(await refusal(road(999_999_999_999_999))).toMatchObject(large);
      expect(await refusal(road(333_333_334))).toMatchObject(large);
      expect(await refusal(road(-1))).toMatchObject({ code: "parameter_invalid_integer", param });
      await road(333_333_333);
    }
    const amount = 1_000_000_000_000;
    expect(await refusal(invoiceItems.create({ customer, currency: "sek", amount }))).toMatchObject({
      param: "amount",
    });
  });

  it("must stay at least one, of one interval and currency, and are not changed in part", async () => {
    const { id, item } = await t.halfway();
    const yearly = await t.priceOf(20_000, "year");
    const once = await t.shop.stripe.prices.create({
      currency: "sek",
      unit_amount: 1,
      product: String(t.plan.product),
    });
    for (const [items, words] of [
      [[{ id: item.id, deleted: true }], "at least one active plan"],
      [[{ id: item.id, quantity: 5 }, { price: yearly.id }], "same `recurring.interval`"],
      [[{ id: item.id, quantity: 5 }, { price: once.id }], "type=one_time"],
      [
        [
          { id: item.id, quantity: 5 },
          { id: "si_none", quantity: 1 },
        ],
        "No such subscription_item",
      ],
    ] as const)
      expect(
        (await refusal(t.shop.stripe.subscriptions.update(id, { items: [...items] }))).message,
      ).toContain(words);
    expect(itemsOf(await t.shop.stripe.subscriptions.retrieve(id))).toEqual([[3000, 1]]);
    expect((await t.shop.stripe.invoiceItems.list({ customer: t.customer.id })).data).toEqual([]);
  });

  it("of another price count once, unless a quantity is named; prorated from the date that is named", async () => {
    const { id, item } = await t.halfway({ items: [{ price: t.plan.id, quantity: 4 }] });
    const quarter = item.current_period_start + (item.current_period_end - item.current_period_start) / 4;
    const preview = await t.shop.stripe.invoices.createPreview({
      subscription: id,
      subscription_details: { items: [{ id: item.id, price: t.extra.id }], proration_date: quarter },
    });
    expect(amounts(preview)).toEqual([-9000, 750, 1000]);
  });
});
