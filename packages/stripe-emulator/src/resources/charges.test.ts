import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function heard(): Promise<string[]> {
  await shop.emulator.settled();
  return shop.heard();
}

async function paid(payment_method = "pm_card_visa", more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  const params = { amount: 10_000, currency: "sek", confirm: true, capture_method: "automatic" as const };
  const intent = await shop.stripe.paymentIntents.create({ ...params, payment_method, ...more });
  return shop.stripe.charges.retrieve(String(intent.latest_charge));
}

describe("charges", () => {
  it("are changed in what is said about them, with an event when something changed", async () => {
    const { id } = await paid();
    await heard();
    const changed = await shop.stripe.charges.update(id, {
      description: "A hat",
      metadata: { order: "7" },
      receipt_email: "ada@example.com",
      fraud_details: { user_report: "safe" },
      shipping: { name: "Ada", address: { line1: "1 Street" } },
    });
    expect(changed).toMatchObject({
      description: "A hat",
      metadata: { order: "7" },
      receipt_email: "ada@example.com",
      fraud_details: { user_report: "safe" },
      shipping: { name: "Ada" },
    });
    expect(await heard()).toEqual(["charge.updated"]);
    expect(shop.received.at(-1)?.data.previous_attributes).toMatchObject({ description: null });
    await shop.stripe.charges.update(id, { description: "A hat" });
    expect(await heard()).toEqual([]);
  });

  it("are listed by intent and customer", async () => {
    const { id: customer } = await shop.stripe.customers.create({});
    const charge = await paid("pm_card_visa", { customer });
    const payment_intent = String(charge.payment_intent);
    expect((await shop.stripe.charges.list({ payment_intent })).data.map(({ id }) => id)).toEqual([
      charge.id,
    ]);
    expect((await shop.stripe.charges.list({ customer })).data).toHaveLength(1);
    expect((await refusal(shop.stripe.charges.retrieve("ch_none"))).statusCode).toBe(404);
  });

  it("say what the checks and Radar found", async () => {
    expect((await paid("pm_card_cvcCheckFail")).payment_method_details?.card?.checks?.cvc_check).toBe("fail");
    expect((await paid("pm_card_riskLevelElevated")).outcome).toMatchObject({
      risk_level: "elevated",
      type: "authorized",
    });
    const blocked = await refusal(paid("pm_card_radarBlock"));
    const { charge } = blocked.raw as { charge: string };
    expect((await shop.stripe.charges.retrieve(charge)).outcome).toMatchObject({
      type: "blocked",
      network_status: "not_sent_to_network",
      risk_level: "highest",
    });
  });
});

describe("early fraud warnings", () => {
  it("come with the card made for them, and can be read", async () => {
    await heard();
    const { id: charge } = await paid("pm_card_createIssuerFraudRecord");
    expect(await heard()).toContain("radar.early_fraud_warning.created");
    const warnings = shop.stripe.radar.earlyFraudWarnings;
    const { data } = await warnings.list({ charge });
    expect(data).toMatchObject([{ charge, actionable: true, fraud_type: "misc" }]);
    expect((await warnings.retrieve(String(data[0]?.id), { expand: ["charge"] })).charge).toMatchObject({
      id: charge,
    });
    await shop.stripe.refunds.create({ charge });
    expect(await heard()).toContain("radar.early_fraud_warning.updated");
    expect((await warnings.retrieve(String(data[0]?.id))).actionable).toBe(false);
  });
});

describe("balance transactions", () => {
  it("show what a charge brought, pending for a week, and what a refund took", async () => {
    const charge = await paid();
    const moves = shop.stripe.balanceTransactions;
    const move = await moves.retrieve(String(charge.balance_transaction), { expand: ["source"] });
    expect(move).toMatchObject({
      amount: 10_000,
      fee: 320,
      net: 9_680,
      currency: "sek",
      exchange_rate: null,
      type: "charge",
      reporting_category: "charge",
      status: "pending",
      source: { id: charge.id },
    });
    expect(move.fee_details).toMatchObject([{ amount: 320, type: "stripe_fee" }]);
    const refund = await shop.stripe.refunds.create({ charge: charge.id, amount: 4000 });
    const back = await moves.list({ source: refund.id });
    expect(back.data).toMatchObject([{ amount: -4000, fee: 0, net: -4000, type: "refund" }]);
    await shop.emulator.clock.advance(8 * DAY);
    expect((await moves.retrieve(move.id)).status).toBe("available");
    expect((await refusal(moves.retrieve("txn_none"))).statusCode).toBe(404);
  });

  it("are available at once with the card made for it", async () => {
    const { balance_transaction } = await paid("pm_card_bypassPending");
    const move = await shop.stripe.balanceTransactions.retrieve(String(balance_transaction));
    expect(move.status).toBe("available");
  });

  it("show what a dispute takes and gives back", async () => {
    const { id: charge } = await paid();
    const id = shop.emulator.dispute(charge);
    shop.emulator.closeDispute(id, "won");
    const { balance_transactions } = await shop.stripe.disputes.retrieve(id);
    expect(balance_transactions.map(({ amount, net }) => [amount, net])).toEqual([
      [-10_000, -11_500],
      [10_000, 11_500],
    ]);
    const { data } = await shop.stripe.balanceTransactions.list({ type: "adjustment" });
    expect(data.map(({ id: move }) => move).toSorted()).toEqual(
      balance_transactions.map(({ id: move }) => move).toSorted(),
    );
  });
});
