import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../shop.ts";
import { DAY, expectEvents, Scenario } from "./scenario.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ settings: { invoicePaymentDelay: [1, 1] } });
});
afterAll(() => shop.close());

/** A subscription and the charge of its first payment. */
async function paid(from = shop): Promise<{ ada: Scenario; id: string; charge: Stripe.Charge }> {
  const ada = await Scenario.begin(from);
  const { id } = await ada.subscribes();
  await ada.passes(DAY);
  const [charge] = (await ada.stripe.charges.list({ customer: ada.customer })).data;
  if (charge === undefined) throw new Error("nothing was charged");
  return { ada, id, charge };
}

describe("O. a refund", () => {
  it("in part, then of the rest: the subscription goes on", async () => {
    const { ada, id, charge } = await paid();
    expectEvents(await ada.calls(() => ada.stripe.refunds.create({ charge: charge.id, amount: 900 })), [
      ["refund.created", { amount: 900, status: "succeeded", charge: charge.id }],
      ["charge.refunded", { amount_refunded: 900, refunded: false }, { amount_refunded: 0 }],
    ]);
    expectEvents(await ada.calls(() => ada.stripe.refunds.create({ charge: charge.id })), [
      ["refund.created", { amount: 3000 }],
      [
        "charge.refunded",
        { amount_refunded: 3900, refunded: true },
        { amount_refunded: 900, refunded: false },
      ],
    ]);
    const again = ada.stripe.refunds.create({ charge: charge.id });
    expect((await refusal(again)).code).toBe("charge_already_refunded");
    expect((await ada.reads(id)).status).toBe("active");
  });

  it("leads back to its subscription by the payments of the invoice", async () => {
    const { ada, id, charge } = await paid();
    const { payment_intent } = await ada.stripe.refunds.create({ charge: charge.id });
    const { data } = await ada.stripe.invoicePayments.list({
      payment: { type: "payment_intent", payment_intent: String(payment_intent) },
    });
    const invoice = await ada.stripe.invoices.retrieve(String(data[0]?.invoice));
    expect(invoice.parent?.subscription_details?.subscription).toBe(id);
  });
});

describe("P. a dispute", () => {
  it.each([
    ["won", ["charge.dispute.funds_reinstated", "charge.dispute.closed"]],
    ["lost", ["charge.dispute.closed"]],
  ] as const)("that is %s", async (outcome, told) => {
    const { ada, id, charge } = await paid();
    let dispute = "";
    const opened = await ada.person(() => {
      dispute = shop.emulator.dispute(charge.id, { reason: "product_not_received" });
    });
    const shown = {
      charge: charge.id,
      payment_intent: charge.payment_intent,
      reason: "product_not_received",
    };
    expectEvents(opened, [
      ["charge.dispute.created", { ...shown, status: "needs_response" }],
      ["charge.dispute.funds_withdrawn", shown],
    ]);
    expect(opened[0]?.data.object).not.toHaveProperty("customer");
    const handIn = { evidence: { uncategorized_text: "It was used." }, submit: true };
    const answered = await ada.calls(() => ada.stripe.disputes.update(dispute, handIn));
    expectEvents(answered, [
      ["charge.dispute.updated", { status: "under_review" }, { status: "needs_response" }],
    ]);
    const closed = await ada.person(() => shop.emulator.closeDispute(dispute, outcome));
    expectEvents(
      closed,
      told.map((type) => [type, { status: outcome }]),
    );
    expect(await ada.stripe.charges.retrieve(charge.id)).toMatchObject({ disputed: true });
    expect((await ada.reads(id)).status).toBe("active");
  });

  it("that is only an inquiry takes no money", async () => {
    const { ada, charge } = await paid();
    let dispute = "";
    const opened = await ada.person(() => {
      dispute = shop.emulator.dispute(charge.id, { inquiry: true });
    });
    expectEvents(opened, [["charge.dispute.created", { status: "warning_needs_response" }]]);
    const closed = await ada.person(() => shop.emulator.closeDispute(dispute, "won"));
    expectEvents(closed, [["charge.dispute.closed", { status: "warning_closed" }]]);
  });

  it("ends the subscription where the dashboard says so", async () => {
    const strict = await openShop({ settings: { disputeCancels: true } });
    const { ada, id, charge } = await paid(strict);
    const events = await ada.person(() => strict.emulator.dispute(charge.id));
    expectEvents(
      events.filter(({ type }) => type.startsWith("customer.")),
      [["customer.subscription.deleted", { cancellation_details: { reason: "payment_disputed" } }]],
    );
    expect((await ada.reads(id)).status).toBe("canceled");
    await strict.close();
  });
});
