import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
let disputes: Stripe["disputes"];
beforeAll(async () => {
  shop = await openShop();
  disputes = shop.stripe.disputes;
});
afterAll(() => shop.close());
// What came late of the test before is told before the next one begins.
beforeEach(async () => {
  await heardAfter(2_000);
});

async function heardAfter(ms = 0): Promise<string[]> {
  await shop.emulator.clock.advance(ms);
  await shop.emulator.settled();
  return shop.heard();
}

async function disputed(payment_method = "pm_card_createDispute"): Promise<Stripe.Dispute> {
  const params = { amount: 2000, currency: "usd", confirm: true, capture_method: "automatic" as const };
  const intent = await shop.stripe.paymentIntents.create({ ...params, payment_method });
  const { data } = await disputes.list({ payment_intent: intent.id });
  const [dispute] = data;
  if (dispute === undefined) throw new Error("no dispute");
  return dispute;
}

describe("a dispute of a plain payment", () => {
  it("is there as soon as the payment is", async () => {
    const dispute = await disputed("pm_card_createDisputeProductNotReceived");
    expect(dispute).toMatchObject({
      status: "needs_response",
      reason: "product_not_received",
      amount: 2000,
      is_charge_refundable: false,
      balance_transactions: [{ amount: -2000, fee: 1500, net: -3500, reporting_category: "dispute" }],
    });
    expect(await heardAfter()).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "payment_intent.succeeded",
    ]);
    expect((await disputes.list({ charge: String(dispute.charge) })).data).toHaveLength(1);
  });

  it("comes with the capture where the money was only held", async () => {
    const params = { amount: 2000, currency: "usd", confirm: true, capture_method: "manual" as const };
    const { id } = await shop.stripe.paymentIntents.create({
      ...params,
      payment_method: "pm_card_createDispute",
    });
    expect((await disputes.list({ payment_intent: id })).data).toEqual([]);
    await shop.stripe.paymentIntents.capture(id, { amount_to_capture: 1200 });
    expect((await disputes.list({ payment_intent: id })).data).toMatchObject([{ amount: 1200 }]);
  });

  it("takes evidence in parts, and is under review once it is handed in", async () => {
    const { id } = await disputed();
    await heardAfter();
    const begun = await disputes.update(id, { evidence: { product_description: "A hat" }, submit: false });
    expect(begun).toMatchObject({ status: "needs_response", evidence_details: { submission_count: 0 } });
    expect((await disputes.update(id, { submit: true })).status).toBe("under_review");
    expect(await heardAfter(2_000)).toEqual(["charge.dispute.updated", "charge.dispute.updated"]);
    expect((await disputes.retrieve(id)).evidence.product_description).toBe("A hat");
  });

  it("is won or lost by the evidence made for it", async () => {
    const won = await disputed();
    await heardAfter();
    await disputes.update(won.id, { evidence: { uncategorized_text: "winning_evidence" } });
    expect(await heardAfter(1_000)).toEqual([
      "charge.dispute.updated",
      "charge.dispute.funds_reinstated",
      "charge.dispute.closed",
    ]);
    expect((await disputes.retrieve(won.id)).status).toBe("won");
    const lost = await disputed();
    await heardAfter();
    await disputes.update(lost.id, { evidence: { uncategorized_text: "losing_evidence" } });
    expect(await heardAfter(1_000)).toEqual(["charge.dispute.updated", "charge.dispute.closed"]);
    expect((await disputes.retrieve(lost.id)).status).toBe("lost");
  });

  it("tells of changed metadata, also when it is over; nothing else can be changed then", async () => {
    const { id } = await disputed();
    await heardAfter();
    expect((await disputes.update(id, { metadata: { foo: "bar" } })).metadata).toEqual({ foo: "bar" });
    expect(await heardAfter()).toEqual(["charge.dispute.updated"]);
    expect((await disputes.close(id)).status).toBe("lost");
    expect(await heardAfter()).toEqual(["charge.dispute.closed"]);
    expect((await disputes.update(id, { metadata: { foo: "" } })).metadata).toEqual({});
    expect((await refusal(disputes.update(id, { submit: true }))).message).toContain("already closed");
    expect((await refusal(disputes.close(id))).message).toContain("already closed");
  });
});

describe("an inquiry", () => {
  it("takes no money, and is closed without a winner", async () => {
    const inquiry = await disputed("pm_card_createDisputeInquiry");
    expect(inquiry).toMatchObject({
      status: "warning_needs_response",
      balance_transactions: [],
      is_charge_refundable: true,
    });
    expect(await heardAfter()).not.toContain("charge.dispute.funds_withdrawn");
    expect((await disputes.update(inquiry.id, { evidence: { receipt: "file_1" } })).status).toBe(
      "warning_under_review",
    );
    expect((await disputes.close(inquiry.id)).status).toBe("warning_closed");
  });

  it("becomes a dispute by the evidence made for it", async () => {
    const { id } = await disputed("pm_card_createDisputeInquiry");
    await heardAfter();
    await disputes.update(id, { evidence: { uncategorized_text: "escalate_inquiry_evidence" } });
    expect(await heardAfter(1_000)).toEqual([
      "charge.dispute.updated",
      "charge.dispute.updated",
      "charge.dispute.funds_withdrawn",
    ]);
    expect(await disputes.retrieve(id)).toMatchObject({
      status: "needs_response",
      is_charge_refundable: false,
    });
  });
});
