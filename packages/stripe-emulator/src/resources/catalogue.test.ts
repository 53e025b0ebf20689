import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePrice, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe("account, products and prices", () => {
  it("shows the one account", async () => {
    expect(await shop.stripe.accounts.retrieveCurrent()).toMatchObject({ object: "account", country: "SE" });
  });

  it("creates, changes and lists products", async () => {
    const { stripe } = shop;
    const product = await stripe.products.create({
      name: "Plan",
      metadata: { k: "v" },
      default_price_data: { currency: "SEK", unit_amount: 500, recurring: { interval: "year" } },
    });
    expect(product).toMatchObject({ active: true, name: "Plan", metadata: { k: "v" } });
    const expanded = await stripe.products.retrieve(product.id, { expand: ["default_price"] });
    expect(expanded.default_price).toMatchObject({
      unit_amount: 500,
      currency: "sek",
      recurring: { interval: "year" },
    });
    expect(await stripe.products.update(product.id, { active: false, description: "" })).toMatchObject({
      active: false,
      description: null,
    });
    expect((await stripe.products.list({ active: false })).data.map(({ id }) => id)).toEqual([product.id]);
  });

  it("shows what a product is sold with, and finds it by that", async () => {
    const { products } = shop.stripe;
    const sent = {
      ...{ marketing_features: [{ name: "Quick" }], shippable: true, url: "https://shop.example/plan" },
      package_dimensions: { height: 1.5, length: 20, weight: 3, width: 4 },
    };
    const product = await products.create({ name: "Box", ...sent });
    expect(product).toMatchObject(sent);
    await products.create({ name: "Air", shippable: false });
    for (const filter of [{ shippable: true }, { url: sent.url }])
      expect((await products.list(filter)).data.map(({ id }) => id)).toEqual([product.id]);
    const package_dimensions = { height: 2, length: 2, weight: 2, width: 2 };
    expect(
      await products.update(product.id, { package_dimensions, marketing_features: "", shippable: false }),
    ).toMatchObject({ package_dimensions, marketing_features: [], shippable: false });
    expect((await products.update(product.id, { package_dimensions: "" })).package_dimensions).toBeNull();
    const heavy = products.update(product.id, {
      package_dimensions: { ...package_dimensions, weight: "much" as never },
    });
    expect((await refusal(heavy)).param).toBe("package_dimensions[weight]");
  });

  it("refuses intervals of nothing, and beyond three years, wherever a price is made", async () => {
    const { stripe } = shop;
    const { product } = await makePrice(shop);
    const price = { currency: "sek", unit_amount: 500, product: String(product) };
    for (const [interval, interval_count] of [
      ["month", 0],
      ["month", -1],
      ["month", 37],
      ["year", 4],
    ] as const) {
      const recurring = { interval, interval_count };
      expect((await refusal(stripe.prices.create({ ...price, recurring }))).param).toBe(
        "recurring[interval_count]",
      );
      const line_items = [{ quantity: 1, price_data: { ...price, recurring } }];
      const wish = { mode: "subscription", success_url: "https://shop.example/", line_items } as const;
      expect((await refusal(stripe.checkout.sessions.create(wish))).param).toBe(
        "line_items[0][price_data][recurring][interval_count]",
      );
    }
    expect(
      await stripe.prices.create({ ...price, recurring: { interval: "week", interval_count: 156 } }),
    ).toHaveProperty("recurring.interval_count", 156);
  });

  it("finds a price by its lookup key, and moves the key when asked to", async () => {
    const { stripe } = shop;
    const { product } = await makePrice(shop);
    const params = {
      currency: "sek",
      unit_amount: 3900,
      product: String(product),
      lookup_key: "monthly",
      recurring: { interval: "month" },
    } as const;
    const old = await stripe.prices.create(params);
    expect((await refusal(stripe.prices.create(params))).param).toBe("lookup_key");
    const fresh = await stripe.prices.create({ ...params, unit_amount: 4900, transfer_lookup_key: true });
    expect(
      (await stripe.prices.list({ lookup_keys: ["monthly"], active: true })).data.map(({ id }) => id),
    ).toEqual([fresh.id]);
    expect((await stripe.prices.retrieve(old.id)).lookup_key).toBeNull();
    expect(String(fresh.unit_amount_decimal)).toBe("4900");
    expect((await stripe.prices.update(fresh.id, { active: false, nickname: "N" })).nickname).toBe("N");
  });

  it("deletes a product that has no price", async () => {
    const { stripe } = shop;
    const product = await stripe.products.create({ name: "Nothing" });
    expect(await stripe.products.del(product.id)).toMatchObject({ deleted: true });
    expect((await refusal(stripe.products.retrieve(product.id))).code).toBe("resource_missing");
    const sold = await stripe.products.create({
      name: "Sold",
      default_price_data: { currency: "sek", unit_amount: 100 },
    });
    expect((await refusal(stripe.products.del(sold.id))).statusCode).toBe(400);
  });

  it("says loudly what it does not cover", async () => {
    const error = await refusal(
      shop.stripe.prices.create({ currency: "sek", unit_amount_decimal: "1" as never, product: "p" }),
    );
    expect(error.message).toContain("does not cover");
  });
});

describe("portal configurations", () => {
  it("change in what is named, and tell of it", async () => {
    const { stripe, emulator } = shop;
    const made = await stripe.billingPortal.configurations.create({
      business_profile: { headline: "Shop" },
      features: { subscription_cancel: { enabled: true, mode: "immediately" } },
    });
    const changed = await stripe.billingPortal.configurations.update(made.id, {
      features: { invoice_history: { enabled: true } },
      metadata: { a: "b" },
    });
    expect(changed).toMatchObject({
      business_profile: { headline: "Shop" },
      features: { invoice_history: { enabled: true }, subscription_cancel: { mode: "immediately" } },
      metadata: { a: "b" },
    });
    const told = emulator.events().at(-1);
    expect(told?.type).toBe("billing_portal.configuration.updated");
    expect(told?.data.previous_attributes).toMatchObject({
      features: { invoice_history: { enabled: false } },
    });
  });

  it("refuse to switch on what the portal does not have", async () => {
    const { configurations } = shop.stripe.billingPortal;
    const off = { customer_update: { enabled: false }, subscription_pause: { enabled: false } };
    const { id } = await configurations.create({ features: off, login_page: { enabled: false } });
    const on = { customer_update: { enabled: true, allowed_updates: ["email" as const] } };
    const calls = [
      configurations.create({ features: on }),
      configurations.update(id, { features: on }),
      configurations.update(id, { login_page: { enabled: true } }),
    ];
    for (const { message } of await Promise.all(calls.map(refusal)))
      expect(message).toContain("[enabled] (Stripe does)");
  });
});
