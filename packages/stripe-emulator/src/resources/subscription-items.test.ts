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
