import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, makePrice, openShop, refusal, type Shop, START } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const SOON = START / 1000 + 30 * 86_400;

describe("coupons", () => {
  it("are made with a percentage, once by default, under an id of eight characters", async () => {
    const coupon = await shop.stripe.coupons.create({ percent_off: 22.5, name: "Spring" });
    expect(coupon).toMatchObject({
      object: "coupon",
      percent_off: 22.5,
      amount_off: null,
      currency: null,
      duration: "once",
      duration_in_months: null,
      name: "Spring",
      times_redeemed: 0,
      valid: true,
    });
    expect(coupon.id).toMatch(/^[A-Za-z0-9]{8}$/);
  });

  it("keep products and further currencies to themselves until they are asked for", async () => {
    const { product } = await makePrice(shop);
    const coupon = await shop.stripe.coupons.create({
      id: "FIVE",
      amount_off: 500,
      currency: "SEK",
      duration: "repeating",
      duration_in_months: 3,
      applies_to: { products: [String(product)] },
      currency_options: { eur: { amount_off: 50 } },
    });
    expect(coupon).toMatchObject({ id: "FIVE", amount_off: 500, currency: "sek", duration_in_months: 3 });
    expect(coupon).not.toHaveProperty("applies_to");
    expect(coupon).not.toHaveProperty("currency_options");
    const expand = ["applies_to", "currency_options"];
    expect(await shop.stripe.coupons.retrieve("FIVE", { expand })).toMatchObject({
      applies_to: { products: [product] },
      currency_options: { sek: { amount_off: 500 }, eur: { amount_off: 50 } },
    });
    await shop.stripe.coupons.update("FIVE", { currency_options: { usd: { amount_off: 60 } } });
    expect((await shop.stripe.coupons.retrieve("FIVE", { expand })).currency_options).toEqual({
      sek: { amount_off: 500 },
      eur: { amount_off: 50 },
      usd: { amount_off: 60 },
    });
  });

  it.each([
    [{}, { message: "Must provide percent_off or amount_off.", code: "parameter_missing" }],
    [
      { percent_off: 10, amount_off: 5, currency: "sek" },
      { message: "Received both percent_off and amount_off parameters. Please pass in only one." },
    ],
    [{ amount_off: 5 }, { message: "You must pass currency when passing amount_off", param: "currency" }],
    [
      { percent_off: 10, duration: "repeating" },
      {
        message: "The duration_in_months param must be set when creating a coupon with a repeating duration",
        param: "duration",
      },
    ],
    [
      { percent_off: 0 },
      {
        message: "This value must be greater than or equal to 0.01 (it currently is '0.0').",
        param: "percent_off",
      },
    ],
    [{ percent_off: 100.01 }, { param: "percent_off" }],
    [{ percent_off: 10, redeem_by: 1000 }, { param: "redeem_by" }],
    [{ percent_off: 10, name: "x".repeat(41) }, { param: "name" }],
    [{ amount_off: 0, currency: "sek" }, { param: "amount_off" }],
    [
      { percent_off: 10, currency_options: { eur: { amount_off: 5 } } },
      { message: "You may only specify one of these parameters: currency_options, percent_off." },
    ],
    [
      { amount_off: 10, currency: "sek", currency_options: { EUR: { amount_off: 5 } } },
      { message: "Currencies must be lowercase when used as keys in a map. Use `eur` instead of `EUR`." },
    ],
    [{ percent_off: 10, applies_to: { products: ["prod_no"] } }, { code: "resource_missing" }],
  ])("are refused: %j", async (params, error) => {
    expect(await refusal(shop.stripe.coupons.create(params))).toMatchObject({ statusCode: 400, ...error });
  });

  it("take a name and metadata later, tell of it, and leave the rest alone", async () => {
    const { stripe } = shop;
    await stripe.coupons.create({ id: "LATER", percent_off: 10, metadata: { a: "1" } });
    shop.emulator.events();
    expect(
      await stripe.coupons.update("LATER", { name: "Later", metadata: { a: "", b: "2" } }),
    ).toMatchObject({
      name: "Later",
      metadata: { b: "2" },
    });
    const event = shop.emulator.events().findLast(({ type }) => type === "coupon.updated");
    expect(event?.data.previous_attributes).toEqual({ name: null, metadata: { a: "1", b: null } });
    expect(await refusal(stripe.coupons.update("LATER", { percent_off: 20 } as never))).toMatchObject({
      code: "parameter_unknown",
      param: "percent_off",
    });
  });

  it("repeat for no longer than a clock can be moved", async () => {
    const endless = { percent_off: 10, duration: "repeating" as const, duration_in_months: 999_999_999 };
    expect(await refusal(shop.stripe.coupons.create(endless))).toMatchObject({
      code: "parameter_invalid_integer",
      param: "duration_in_months",
    });
  });

  it("cannot have the id of another", async () => {
    await shop.stripe.coupons.create({ id: "TWICE", percent_off: 10 });
    expect(await refusal(shop.stripe.coupons.create({ id: "TWICE", percent_off: 20 }))).toMatchObject({
      code: "resource_already_exists",
      message: "Coupon already exists.",
    });
  });

  it("are valid until the last moment of redeem_by", async () => {
    await shop.stripe.coupons.create({ id: "SOON", percent_off: 10, redeem_by: SOON });
    await shop.emulator.clock.advance(30 * DAY);
    expect(await shop.stripe.coupons.retrieve("SOON")).toMatchObject({ valid: true });
    await shop.emulator.clock.advance(1000);
    expect(await shop.stripe.coupons.retrieve("SOON")).toMatchObject({ valid: false });
  });

  it("are gone when deleted, and their id is free again", async () => {
    const { stripe } = shop;
    await stripe.coupons.create({ id: "GONE", percent_off: 10 });
    expect(await stripe.coupons.del("GONE")).toEqual(
      expect.objectContaining({ id: "GONE", object: "coupon", deleted: true }),
    );
    expect(await refusal(stripe.coupons.retrieve("GONE"))).toMatchObject({
      statusCode: 404,
      message: "No such coupon: 'GONE'",
      param: "coupon",
    });
    expect((await stripe.coupons.list({ limit: 100 })).data.map(({ id }) => id)).not.toContain("GONE");
    expect(
      shop.emulator.events().findLast(({ type }) => type === "coupon.deleted")?.data.object,
    ).toMatchObject({
      id: "GONE",
      valid: false,
    });
    await stripe.coupons.create({ id: "GONE", percent_off: 20 });
  });
});
