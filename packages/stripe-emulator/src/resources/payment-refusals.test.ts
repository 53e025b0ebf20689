import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { openPaymentDesk, type PaymentDesk, PLAIN } from "../../test/payment-desk.ts";
import { refusal, type Shop } from "../../test/shop.ts";

const desk = openPaymentDesk();
const { pay, heard } = desk;
let shop: Shop;
let intents: PaymentDesk["intents"];
beforeAll(() => {
  ({ shop, intents } = desk);
});

describe("a refused confirmation", () => {
  const REFUSED = [
    ["pm_card_chargeDeclined", "card_declined", "generic_decline", "try_again_later"],
    [
      "pm_card_visa_chargeDeclinedInsufficientFunds",
      "card_declined",
      "insufficient_funds",
      "try_again_later",
    ],
    ["pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card", "do_not_try_again"],
    ["pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card", "confirm_card_data"],
    ["pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc", "confirm_card_data"],
    ["pm_card_chargeDeclinedFraudulent", "card_declined", "fraudulent", undefined],
    ["pm_card_chargeCustomerFail", "card_declined", "generic_decline", "try_again_later"],
  ] as const;

  it.each(REFUSED)("with %s is a 402 that names everything", async (payment_method, ...words) => {
    const [code, decline_code, advice] = words;
    const error = await refusal(pay({ payment_method }));
    expect(error).toMatchObject({ type: "StripeCardError", statusCode: 402, code, decline_code });
    const raw = error.raw as Record<string, unknown> & { payment_intent: Stripe.PaymentIntent };
    expect(raw["advice_code"]).toBe(advice);
    expect(raw.payment_intent).toMatchObject({ status: "requires_payment_method", payment_method: null });
    expect(raw["payment_method"]).toMatchObject({ object: "payment_method" });
    expect(await heard()).toEqual([
      "payment_intent.created",
      "charge.failed",
      "payment_intent.payment_failed",
    ]);
    const charge = await shop.stripe.charges.retrieve(String(raw["charge"]));
    expect(charge).toMatchObject({
      status: "failed",
      failure_code: code,
      payment_intent: raw.payment_intent.id,
    });
    const kept = await intents.retrieve(raw.payment_intent.id);
    expect(kept.last_payment_error).toMatchObject({ code, decline_code, charge: charge.id });
    expect((await intents.confirm(kept.id, { payment_method: "pm_card_visa" })).status).toBe("succeeded");
  });

  it("is answered the same for the same idempotency key", async () => {
    const options = { idempotencyKey: "declined-once" };
    const params = { ...PLAIN, payment_method: "pm_card_chargeDeclined", confirm: true };
    const first = await refusal(intents.create(params, options));
    const second = await refusal(intents.create(params, options));
    expect((second.raw as { charge: string }).charge).toBe((first.raw as { charge: string }).charge);
  });
});

describe("a step in the wrong state", () => {
  const UNEXPECTED = { statusCode: 400, code: "payment_intent_unexpected_state" };

  it("is refused with the intent in the error", async () => {
    const bare = await intents.create(PLAIN);
    const none = await refusal(intents.confirm(bare.id));
    expect(none).toMatchObject(UNEXPECTED);
    expect(none.message).toContain("missing a payment method");
    expect((none.raw as { payment_intent: Stripe.PaymentIntent }).payment_intent.id).toBe(bare.id);
    expect((await refusal(intents.capture(bare.id))).message).toContain(
      "could not be captured because it has a status of requires_payment_method",
    );
    const paid = await pay();
    expect((await refusal(intents.confirm(paid.id, { payment_method: "pm_card_visa" }))).message).toContain(
      "already succeeded after being previously confirmed",
    );
    expect(await refusal(intents.cancel(paid.id))).toMatchObject(UNEXPECTED);
    expect(await refusal(intents.update(paid.id, { amount: 500 }))).toMatchObject({
      ...UNEXPECTED,
      param: "amount",
    });
    expect((await intents.update(paid.id, { metadata: { late: "note" } })).metadata).toEqual({
      late: "note",
    });
    await intents.cancel(bare.id);
    expect(await heard()).toContain("payment_intent.canceled");
    for (const step of [
      () => intents.cancel(bare.id),
      () => intents.confirm(bare.id, { payment_method: "pm_card_visa" }),
      () => intents.update(bare.id, { payment_method: "pm_card_visa" }),
    ])
      expect(await refusal(step())).toMatchObject(UNEXPECTED);
  });
});

describe("what Stripe does not take", () => {
  const WRONG = [
    [{ amount: 49 }, "amount_too_small", "Amount must be at least $0.50 usd"],
    [{ amount: 299, currency: "sek" }, "amount_too_small", "kr3.00 sek"],
    [{ amount: 100_000_000 }, "amount_too_large", "Amount must be no more than $999,999.99 usd"],
    [{ amount: 0 }, "parameter_invalid_integer", "minimum charge amount"],
    [{ currency: "dollars" }, "parameter_invalid", "Invalid currency"],
    [{ payment_method_types: ["card"] }, "payment_method_types_no_longer_supported", "payment_method_types"],
    [{ off_session: true }, "parameter_unknown", "confirm=true"],
    [{ transfer_group: "x", application_fee_amount: 5 }, "parameter_unknown", "does not cover"],
    [{ excluded_payment_method_types: ["card"] }, "payment_intent_incompatible_payment_method", "usd"],
  ] as const;

  it.each(WRONG)("%j is %s", async (wrong, code, text) => {
    const error = await refusal(intents.create({ ...PLAIN, ...wrong } as Stripe.PaymentIntentCreateParams));
    expect(error).toMatchObject({ statusCode: 400, code });
    expect(error.message).toContain(text);
    expect(await heard()).toEqual([]);
  });

  it("is understood as it was before endive by those who call an older version", async () => {
    const body = "amount=2000&currency=usd&payment_method_types[0]=card";
    const headers = {
      authorization: "Bearer sk_test_1",
      "content-type": "application/x-www-form-urlencoded",
    };
    const answer = await fetch(`${shop.emulator.url}/v1/payment_intents`, { method: "POST", body, headers });
    expect(await answer.json()).toMatchObject({
      payment_method_types: ["card"],
      automatic_payment_methods: null,
    });
  });
});
