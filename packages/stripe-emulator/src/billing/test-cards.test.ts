import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCheckout, openShop, type Shop } from "../../test/shop.ts";
import { passesLuhn } from "./luhn.ts";
import { cardOfToken, TEST_CARDS } from "./test-cards.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const REFUSED = [
  ["4000000000000002", "card_declined", "generic_decline"],
  ["4000000000009995", "card_declined", "insufficient_funds"],
  ["4000000000009987", "card_declined", "lost_card"],
  ["4000000000009979", "card_declined", "stolen_card"],
  ["4000000000000069", "expired_card", "expired_card"],
  ["4000000000000127", "incorrect_cvc", "incorrect_cvc"],
  ["4000000000000119", "processing_error", "processing_error"],
  ["4000000000006975", "card_declined", "card_velocity_exceeded"],
  ["4100000000000019", "card_declined", "fraudulent"],
  ["4000000000000341", "card_declined", "generic_decline"],
  ["4000008260003178", "card_declined", "insufficient_funds"],
  ["4242424242424241", "incorrect_number", null],
  ["4111111111111111", "card_declined", "test_mode_live_card"],
] as const;

describe("test cards", () => {
  it("all have a right check digit", () => {
    expect(TEST_CARDS.filter(({ number }) => !passesLuhn(number))).toEqual([]);
    expect(passesLuhn("4242424242424241")).toBe(false);
  });

  it("have names of their own, which the command line and older integrations use too", () => {
    const names = TEST_CARDS.flatMap(({ token, aliases = [] }) => [
      token,
      ...aliases.map((alias) => `pm_card_${alias}`),
    ]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => cardOfToken(name.replace("pm_card_", "tok_")) === undefined)).toEqual([]);
    expect(cardOfToken("pm_card_chargeDeclined")?.number).toBe("4000000000000002");
    expect(cardOfToken("tok_visa")?.number).toBe("4242424242424242");
    expect(cardOfToken("visa")).toBeUndefined();
  });

  it.each(REFUSED)(
    "%s is refused as %s / %s, and no subscription is left behind",
    async (card, code, declineCode) => {
      const { customer, session } = await openCheckout(shop);
      expect(await shop.emulator.completeCheckout(session.id, card)).toMatchObject({
        outcome: "declined",
        code,
        declineCode,
      });
      await shop.emulator.settled();
      expect(shop.heard().filter((type) => /subscription|invoice|session/.test(type))).toEqual([]);
      expect((await shop.stripe.subscriptions.list({ customer: customer.id, status: "all" })).data).toEqual(
        [],
      );
      expect((await shop.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    },
  );

  it("a refused customer can try again on the same page, with the same intent", async () => {
    const { session } = await openCheckout(shop);
    await shop.emulator.completeCheckout(session.id, "4000000000000002");
    await shop.emulator.settled();
    expect(shop.heard()).toEqual([
      "charge.failed",
      "payment_intent.payment_failed",
      "payment_intent.created",
    ]);
    expect(await shop.emulator.completeCheckout(session.id)).toMatchObject({ outcome: "complete" });
    await shop.emulator.settled();
    expect(shop.heard()).not.toContain("payment_intent.created");
  });

  it.each(["4000002500003155", "4000002760003184"])(
    "%s asks for 3-D Secure: passed it pays, failed it does not",
    async (card) => {
      const { session } = await openCheckout(shop);
      const failed = await shop.emulator.completeCheckout(session.id, card, { authentication: "fail" });
      expect(failed).toMatchObject({ outcome: "declined", code: "payment_intent_authentication_failure" });
      expect(await shop.emulator.completeCheckout(session.id, card)).toMatchObject({ outcome: "complete" });
    },
  );

  it("pm_card tokens become a new payment method on each use", async () => {
    const { stripe } = shop;
    const customer = await stripe.customers.create({});
    const one = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    const two = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    expect(one.id).not.toBe(two.id);
    expect(one.card).toMatchObject({ brand: "visa", last4: "4242" });
    expect((await stripe.paymentMethods.list({ customer: customer.id })).data).toHaveLength(2);
    expect((await stripe.paymentMethods.detach(one.id)).customer).toBeNull();
    expect((await stripe.customers.listPaymentMethods(customer.id)).data.map(({ id }) => id)).toEqual([
      two.id,
    ]);
    await expect(
      stripe.paymentMethods.attach("pm_card_visa_chargeDeclined", { customer: customer.id }),
    ).rejects.toMatchObject({ type: "StripeCardError", statusCode: 402, decline_code: "generic_decline" });
  });
});
