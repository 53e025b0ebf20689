import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
let refunds: Stripe["refunds"];
beforeAll(async () => {
  shop = await openShop();
  refunds = shop.stripe.refunds;
});
afterAll(() => shop.close());
// What came late of the test before is told before the next one begins.
beforeEach(async () => {
  await heardAfter(3_000);
});

async function heardAfter(ms = 0): Promise<string[]> {
  await shop.emulator.clock.advance(ms);
  await shop.emulator.settled();
  return shop.heard();
}

async function paid(payment_method = "pm_card_visa", more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  const params = { amount: 5000, currency: "usd", confirm: true, capture_method: "automatic" as const };
  const intent = await shop.stripe.paymentIntents.create({ ...params, payment_method, ...more });
  await heardAfter();
  return { payment_intent: intent.id, charge: String(intent.latest_charge) };
}

const chargeOf = (id: string) => shop.stripe.charges.retrieve(id, { expand: ["refunds"] });

describe("refunds", () => {
  it("give back a part, then the rest, then nothing more", async () => {
    const { charge, payment_intent } = await paid();
    const part = await refunds.create({ charge, amount: 1500, reason: "duplicate", metadata: { a: "1" } });
    expect(part).toMatchObject({
      amount: 1500,
      status: "succeeded",
      charge,
      payment_intent,
      reason: "duplicate",
    });
    expect(await heardAfter()).toEqual(["refund.created", "charge.refunded"]);
    expect(shop.received.at(-1)?.data.previous_attributes).toEqual({ amount_refunded: 0 });
    expect(await chargeOf(charge)).toMatchObject({ amount_refunded: 1500, refunded: false });
    const over = await refusal(refunds.create({ charge, amount: 3501 }));
    expect(over).toMatchObject({ statusCode: 400, param: "amount", code: undefined });
    expect(over.message).toBe("Refund amount ($35.01) is greater than unrefunded amount on charge ($35.00)");
    expect((await refunds.create({ payment_intent })).amount).toBe(3500);
    expect(await chargeOf(charge)).toMatchObject({ amount_refunded: 5000, refunded: true });
    expect(await refusal(refunds.create({ charge }))).toMatchObject({ code: "charge_already_refunded" });
    expect((await refunds.list({ charge })).data.map(({ amount }) => amount)).toEqual([3500, 1500]);
    expect((await refunds.list({ payment_intent })).data).toHaveLength(2);
    expect((await chargeOf(charge)).refunds?.data).toHaveLength(2);
    expect((await refusal(refunds.create({ charge, amount: 0 }))).code).toBe("charge_already_refunded");
  });

  it("are changed only in their metadata, which is told twice, and are not canceled", async () => {
    const { charge } = await paid();
    const { id } = await refunds.create({ charge });
    await heardAfter();
    expect((await refunds.update(id, { metadata: { order: "6735" } })).metadata).toEqual({ order: "6735" });
    expect(await heardAfter()).toEqual(["refund.updated", "charge.refund.updated"]);
    expect((await refusal(refunds.cancel(id))).message).toBe("Canceling this refund is unsupported.");
    expect((await refunds.retrieve(id)).status).toBe("succeeded");
  });

  it("take a while with the card made for it, and cannot be asked for twice meanwhile", async () => {
    const { charge } = await paid("pm_card_pendingRefund");
    const refund = await refunds.create({ charge, amount: 4000 });
    expect(refund).toMatchObject({
      status: "pending",
      balance_transaction: null,
      pending_reason: "processing",
    });
    expect(await heardAfter()).toEqual(["refund.created"]);
    expect((await chargeOf(charge)).amount_refunded).toBe(0);
    expect((await refusal(refunds.create({ charge, amount: 1001 }))).param).toBe("amount");
    expect(await heardAfter(2_000)).toEqual(["refund.updated", "charge.refund.updated", "charge.refunded"]);
    expect(await chargeOf(charge)).toMatchObject({ amount_refunded: 4000, refunded: false });
    const done = await refunds.retrieve(refund.id);
    expect(done.status).toBe("succeeded");
    expect(done).not.toHaveProperty("pending_reason");
  });

  it("fail after a while with the card made for it, and the money is back on the charge", async () => {
    const { charge } = await paid("pm_card_refundFail");
    const refund = await refunds.create({ charge });
    expect(refund.status).toBe("succeeded");
    expect(await chargeOf(charge)).toMatchObject({ refunded: true });
    await heardAfter();
    expect(await heardAfter(2_000)).toEqual(["refund.updated", "charge.refund.updated", "refund.failed"]);
    const failed = await refunds.retrieve(refund.id, { expand: ["failure_balance_transaction"] });
    expect(failed).toMatchObject({
      status: "failed",
      failure_reason: "unknown",
      failure_balance_transaction: { type: "refund_failure", amount: 5000 },
    });
    expect(await chargeOf(charge)).toMatchObject({ refunded: false, amount_refunded: 0 });
  });

  it("are refused for money that never came, is only held, or was taken back", async () => {
    const held = await paid("pm_card_visa", { capture_method: "manual" });
    expect((await refusal(refunds.create({ charge: held.charge }))).message).toContain("uncaptured Charge");
    await shop.stripe.paymentIntents.capture(held.payment_intent, { amount_to_capture: 3000 });
    expect((await refunds.create({ charge: held.charge })).amount).toBe(3000);
    expect((await chargeOf(held.charge)).refunded).toBe(true);
    const declined = await refusal(paid("pm_card_chargeCustomerFail"));
    const { charge } = declined.raw as { charge: string };
    expect((await refusal(refunds.create({ charge }))).message).toContain(
      "does not have a successful charge",
    );
    const bare = await shop.stripe.paymentIntents.create({ amount: 900, currency: "usd" });
    expect((await refusal(refunds.create({ payment_intent: bare.id }))).message).toContain(
      "successful charge",
    );
    const disputed = await paid("pm_card_createDispute");
    expect(await refusal(refunds.create({ charge: disputed.charge }))).toMatchObject({
      code: "charge_disputed",
    });
    expect(await refusal(refunds.create({}))).toMatchObject({ statusCode: 400 });
  });
});
