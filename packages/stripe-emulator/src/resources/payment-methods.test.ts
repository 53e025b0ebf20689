import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
let methods: Stripe["paymentMethods"];
beforeAll(async () => {
  shop = await openShop();
  methods = shop.stripe.paymentMethods;
});
beforeEach(async () => {
  await shop.emulator.settled();
  shop.heard();
});
afterAll(() => shop.close());

const CARD = { number: "4242424242424242", exp_month: 5, exp_year: 2031, cvc: "123" };
const card = (more: object = {}) => methods.create({ type: "card", card: { ...CARD, ...more } });

async function heard(): Promise<string[]> {
  await shop.emulator.settled();
  return shop.heard();
}

describe("a payment method", () => {
  it("is made of a number or of a token, and belongs to nobody", async () => {
    const made = await methods.create({
      type: "card",
      card: CARD,
      billing_details: { name: "Ada", email: "ada@example.com", address: { country: "SE" } },
      metadata: { a: "1" },
    });
    expect(made).toMatchObject({
      type: "card",
      customer: null,
      allow_redisplay: "unspecified",
      card: { brand: "visa", last4: "4242", exp_month: 5, exp_year: 2031, funding: "credit" },
      billing_details: { name: "Ada", email: "ada@example.com", address: { country: "SE", city: null } },
      metadata: { a: "1" },
    });
    const amex = await methods.create({ type: "card", card: { token: "tok_amex" } });
    expect(amex.card).toMatchObject({ brand: "amex", last4: "0005" });
    expect((await methods.retrieve(made.id)).billing_details).toEqual(made.billing_details);
    expect(await heard()).toEqual([]);
  });

  const WRONG = [
    [{ number: "4242424242424241" }, "incorrect_number", "number"],
    [{ exp_month: 13 }, "invalid_expiry_month", "exp_month"],
    [{ exp_year: 2020 }, "invalid_expiry_year", "exp_year"],
    [{ cvc: "99" }, "invalid_cvc", "cvc"],
  ] as const;
  it.each(WRONG)("with %j is refused as %s", async (wrong, code, param) => {
    expect(await refusal(card(wrong))).toMatchObject({
      type: "StripeCardError",
      statusCode: 402,
      code,
      param,
    });
  });

  it("with what makes no card is refused", async () => {
    const wrong = (params: object) => refusal(methods.create(params as Stripe.PaymentMethodCreateParams));
    expect(await wrong({ type: "card" })).toMatchObject({ code: "parameter_missing" });
    expect(await wrong({ card: CARD })).toMatchObject({ code: "parameter_missing", param: "type" });
    expect(await wrong({ type: "card", card: { token: "tok_none" } })).toMatchObject({
      code: "resource_missing",
    });
    expect(await wrong({ type: "klarna" })).toMatchObject({ code: "parameter_invalid" });
    const sepa_debit = { iban: "AT611904300234573202" };
    const billing_details = { name: "Ada", email: "ada@example.com" };
    expect(await wrong({ type: "sepa_debit", sepa_debit, billing_details })).toMatchObject({
      code: "invalid_bank_account_iban",
    });
    expect(await wrong({ type: "sepa_debit", sepa_debit })).toMatchObject({
      param: "billing_details[name]",
    });
  });

  it("is attached, changed and detached, each with its event, and is no good after that", async () => {
    const { id: customer } = await shop.stripe.customers.create({});
    const { id } = await card();
    expect((await refusal(methods.update(id, { metadata: { a: "1" } }))).message).toContain(
      "save this PaymentMethod",
    );
    await heard();
    expect((await methods.attach(id, { customer })).customer).toBe(customer);
    await methods.attach(id, { customer });
    expect(await heard()).toEqual(["payment_method.attached"]);
    const changed = await methods.update(id, {
      card: { exp_month: 9, exp_year: 2033 },
      billing_details: { phone: "1" },
      metadata: { b: "2" },
    });
    expect(changed).toMatchObject({
      card: { exp_month: 9, exp_year: 2033, last4: "4242" },
      billing_details: { phone: "1", name: null },
      metadata: { b: "2" },
    });
    expect(await heard()).toEqual(["payment_method.updated"]);
    expect(shop.received.at(-1)?.data.previous_attributes).toMatchObject({ card: { exp_month: 5 } });
    expect((await methods.detach(id)).customer).toBeNull();
    expect(await heard()).toEqual(["payment_method.detached"]);
    expect((await refusal(methods.detach(id))).message).toContain("not attached");
    expect((await refusal(methods.attach(id, { customer }))).message).toContain("may not be used again");
  });

  it("is found through its customer and through nobody else", async () => {
    const [ada, bob] = [await shop.stripe.customers.create({}), await shop.stripe.customers.create({})];
    const { id } = await methods.attach("pm_card_mastercard", { customer: ada.id });
    expect((await shop.stripe.customers.listPaymentMethods(ada.id, { type: "card" })).data).toHaveLength(1);
    expect((await shop.stripe.customers.listPaymentMethods(ada.id, { type: "sepa_debit" })).data).toEqual([]);
    expect((await shop.stripe.customers.retrievePaymentMethod(ada.id, id)).id).toBe(id);
    expect(await refusal(shop.stripe.customers.retrievePaymentMethod(bob.id, id))).toMatchObject({
      statusCode: 404,
    });
    expect((await methods.list({ customer: ada.id, allow_redisplay: "always" })).data).toEqual([]);
    expect((await refusal(methods.attach(id, { customer: bob.id }))).message).toContain(
      "already been attached",
    );
  });

  it.each(["pm_card_chargeDeclined", "pm_card_visa_chargeDeclined", "pm_card_chargeDeclinedExpiredCard"])(
    "%s cannot be attached",
    async (token) => {
      const { id: customer } = await shop.stripe.customers.create({});
      expect((await refusal(methods.attach(token, { customer }))).statusCode).toBe(402);
    },
  );
});
