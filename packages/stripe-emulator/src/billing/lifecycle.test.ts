import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, HOUR, openShop, PAID, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ settings: { invoicePaymentDelay: [1, 1] } });
});
afterEach(() => shop.answer(200));
afterAll(() => shop.close());

const trial = (missing_payment_method: "cancel" | "pause" | "create_invoice") => ({
  payment_method_collection: "if_required" as const,
  card: null,
  subscription_data: { trial_period_days: 5, trial_settings: { end_behavior: { missing_payment_method } } },
});
const WITH_CARD = { subscription_data: { trial_period_days: 5 } };
const read = (id: string) => shop.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });

async function pass(ms: number): Promise<string[]> {
  await shop.emulator.settled();
  shop.heard();
  await shop.emulator.clock.advance(ms);
  await shop.emulator.settled();
  return shop.heard();
}

describe("what time does to a subscription", () => {
  it("turns a trial into a paid period: announced at day 2, draft at its end, money an hour later (D, E)", async () => {
    const { subscription } = await buy(shop, WITH_CARD);
    expect(await pass(2 * DAY - 1000)).toEqual([]);
    expect(await pass(1000)).toEqual(["customer.subscription.trial_will_end"]);
    expect(await pass(3 * DAY)).toEqual(["customer.subscription.updated", "invoice.created"]);
    const active = await read(subscription.id);
    expect(active).toMatchObject({
      status: "active",
      latest_invoice: { status: "draft", amount_due: 3900, billing_reason: "subscription_cycle" },
    });
    expect(active.items.data[0]?.current_period_start).toBe(subscription.trial_end);
    const updated = shop.received.findLast(({ type }) => type === "customer.subscription.updated");
    expect(updated?.data.previous_attributes).toMatchObject({
      status: "trialing",
      items: { object: "list" },
    });
    expect(await pass(HOUR)).toEqual(PAID);
    expect(await pass(1000)).toEqual(["invoice_payment.paid"]);
    expect(await read(subscription.id)).toMatchObject({
      latest_invoice: { status: "paid", attempt_count: 1 },
    });
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("renews month by month from the 31st, in short months on their last day (G)", async () => {
    const target = Date.UTC(2027, 0, 31, 10);
    await shop.emulator.clock.set(target);
    const { subscription } = await buy(shop);
    const ends: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const end = Number((await read(subscription.id)).items.data[0]?.current_period_end);
      ends.push(new Date(end * 1000).toISOString());
      await shop.emulator.clock.set(end * 1000 + 2 * HOUR);
      expect(await read(subscription.id)).toMatchObject({
        status: "active",
        latest_invoice: { status: "paid", total: 3900 },
      });
    }
    expect(ends).toEqual([
      "2027-02-28T10:00:00.000Z",
      "2027-03-31T10:00:00.000Z",
      "2027-04-30T10:00:00.000Z",
    ]);
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("ends a trial without a card as it was told to (F)", async () => {
    const canceled = (await buy(shop, trial("cancel"))).subscription;
    expect(await pass(5 * DAY)).toEqual([
      "customer.subscription.trial_will_end",
      "customer.subscription.deleted",
    ]);
    expect(await read(canceled.id)).toMatchObject({
      status: "canceled",
      ended_at: canceled.trial_end,
      cancel_at_period_end: false,
    });
    const paused = (await buy(shop, trial("pause"))).subscription;
    expect((await pass(5 * DAY)).slice(1)).toEqual([
      "customer.subscription.updated",
      "customer.subscription.paused",
    ]);
    expect(await read(paused.id)).toMatchObject({
      status: "paused",
      status_details: { paused: { subscription: { type: "trial_end_without_payment_method" } } },
    });
    await shop.stripe.subscriptions.cancel(paused.id);
    const owing = (await buy(shop, trial("create_invoice"))).subscription;
    await pass(5 * DAY);
    expect(await pass(HOUR)).toEqual([
      "invoice.finalized",
      "invoice.updated",
      "invoice.payment_failed",
      "customer.subscription.updated",
    ]);
    expect((await read(owing.id)).status).toBe("past_due");
    await shop.stripe.subscriptions.cancel(owing.id);
  });

  it("falls behind when a renewal is refused, and ends after the last retry (H)", async () => {
    const { subscription } = await buy(shop, { ...WITH_CARD, card: "4000000000000341" });
    await pass(5 * DAY);
    expect(await pass(HOUR)).toEqual([
      "invoice.finalized",
      "payment_intent.created",
      "charge.failed",
      "payment_intent.payment_failed",
      "invoice.updated",
      "invoice.payment_failed",
      "customer.subscription.updated",
    ]);
    expect(await read(subscription.id)).toMatchObject({
      status: "past_due",
      latest_invoice: { status: "open", attempt_count: 1 },
    });
    expect(await pass(3 * DAY)).toContain("invoice.payment_failed");
    expect((await read(subscription.id)).status).toBe("past_due");
    expect((await pass(12 * DAY)).filter((type) => type.startsWith("customer.subscription"))).toEqual([
      "customer.subscription.deleted",
    ]);
    expect(await read(subscription.id)).toMatchObject({
      status: "canceled",
      cancellation_details: { reason: "payment_failed" },
      latest_invoice: { attempt_count: 4, auto_advance: false },
    });
  });

  it("recovers when a retry finds a good card", async () => {
    const { subscription, customer } = await buy(shop, { ...WITH_CARD, card: "4000000000000341" });
    await pass(5 * DAY + HOUR);
    const good = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await shop.stripe.subscriptions.update(subscription.id, { default_payment_method: good.id });
    const heard = await pass(3 * DAY);
    expect(heard.slice(-2)).toEqual(["invoice.payment_succeeded", "customer.subscription.updated"]);
    expect(await read(subscription.id)).toMatchObject({
      status: "active",
      latest_invoice: { status: "paid" },
    });
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("stays behind when only an older invoice was paid: the latest one decides", async () => {
    const other = await openShop({ settings: { retryDays: [40], afterLastRetry: "past_due" } });
    const { subscription, customer } = await buy(other, { ...WITH_CARD, card: "4000000000000341" });
    await other.emulator.clock.advance(5 * DAY + 33 * DAY);
    const good = await other.stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await other.stripe.subscriptions.update(subscription.id, { default_payment_method: good.id });
    await other.emulator.clock.advance(4 * DAY);
    await other.emulator.clock.advance(6 * DAY);
    const { data } = await other.stripe.invoices.list({ subscription: subscription.id });
    expect(data.map(({ status }) => status)).toEqual(["open", "paid", "paid"]);
    expect((await other.stripe.subscriptions.retrieve(subscription.id)).status).toBe("past_due");
    await other.close();
  });

  it("lets each event arrive at its own time, also when the clock is moved far at once", async () => {
    const { subscription } = await buy(shop, WITH_CARD);
    await pass(40 * DAY);
    const end = Number(subscription.trial_end) * 1000;
    const arrival = (type: string) =>
      shop.receivedAt[shop.received.findLastIndex((event) => event.type === type)];
    expect(arrival("customer.subscription.trial_will_end")).toBe(end - 3 * DAY);
    expect(shop.receivedAt.toSorted((a, b) => a - b)).toEqual(shop.receivedAt);
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("asks for 3-D Secure on a renewal with a card that always wants it (I)", async () => {
    const { subscription } = await buy(shop, { ...WITH_CARD, card: "4000002760003184" });
    await pass(5 * DAY);
    expect((await pass(HOUR)).slice(1)).toEqual([
      "payment_intent.created",
      "payment_intent.requires_action",
      "invoice.updated",
      "invoice.payment_action_required",
      "invoice.payment_failed",
      "customer.subscription.updated",
    ]);
    expect((await read(subscription.id)).status).toBe("past_due");
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("schedules a cancellation, takes it back, and carries it out without a renewal (J, L)", async () => {
    const { subscription } = await buy(shop, WITH_CARD);
    const scheduled = await shop.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    expect(scheduled).toMatchObject({
      status: "trialing",
      cancel_at_period_end: true,
      cancel_at: subscription.trial_end,
      cancellation_details: { reason: "cancellation_requested" },
    });
    expect(
      await shop.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false }),
    ).toMatchObject({ cancel_at: null, canceled_at: null, cancel_at_period_end: false });
    const dated = await shop.stripe.subscriptions.update(subscription.id, {
      cancel_at: Number(subscription.trial_end) - 3600,
    });
    expect(dated.cancel_at_period_end).toBe(false);
    expect((await shop.stripe.subscriptions.update(subscription.id, { cancel_at: "" })).cancel_at).toBeNull();
    await shop.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    expect(await pass(6 * DAY)).toEqual([
      "customer.subscription.trial_will_end",
      "customer.subscription.deleted",
    ]);
    expect(await read(subscription.id)).toMatchObject({
      status: "canceled",
      ended_at: subscription.trial_end,
    });
    expect((await shop.stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
  });

  it("cancels at once with one event, and never touches the ended again (K)", async () => {
    const { subscription } = await buy(shop);
    shop.heard();
    expect(await shop.stripe.subscriptions.cancel(subscription.id, { prorate: false })).toMatchObject({
      status: "canceled",
    });
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["customer.subscription.deleted"]);
    expect((await refusal(shop.stripe.subscriptions.cancel(subscription.id))).code).toBe("resource_missing");
    expect(
      (await refusal(shop.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }))).code,
    ).toBe("resource_missing");
    expect(
      (await shop.stripe.subscriptions.update(subscription.id, { metadata: { kept: "1" } })).metadata["kept"],
    ).toBe("1");
  });

  it("deletes a customer with its subscriptions (Q)", async () => {
    const { customer } = await buy(shop);
    shop.heard();
    await shop.stripe.customers.del(customer.id);
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["customer.subscription.deleted", "customer.deleted"]);
  });

  it("refunds a payment without changing the subscription (O)", async () => {
    const { subscription } = await buy(shop);
    shop.heard();
    const { data } = await shop.stripe.charges.list({ customer: String(subscription.customer) });
    const charge = String(data[0]?.id);
    const intent = String(data[0]?.payment_intent);
    expect(await shop.stripe.refunds.create({ payment_intent: intent, amount: 900 })).toMatchObject({
      amount: 900,
      status: "succeeded",
      charge,
    });
    expect(await shop.stripe.charges.retrieve(charge)).toMatchObject({
      amount_refunded: 900,
      refunded: false,
    });
    await shop.stripe.refunds.create({ charge });
    expect((await refusal(shop.stripe.refunds.create({ charge }))).code).toBe("charge_already_refunded");
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["refund.created", "charge.refunded", "refund.created", "charge.refunded"]);
    expect((await read(subscription.id)).status).toBe("active");
    const { data: payments } = await shop.stripe.invoicePayments.list({
      payment: { type: "payment_intent", payment_intent: intent },
    });
    expect((await read(subscription.id)).latest_invoice).toMatchObject({ id: payments[0]?.invoice });
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("keeps a renewal as a draft until the endpoint takes invoice.created, at most 72 hours", async () => {
    const { subscription } = await buy(shop);
    const end = Number(subscription.items.data[0]?.current_period_end) * 1000;
    shop.answer(500);
    await shop.emulator.clock.set(end + 71 * HOUR);
    expect(await read(subscription.id)).toMatchObject({
      latest_invoice: { status: "draft", webhooks_delivered_at: null },
    });
    await shop.emulator.clock.set(end + 72 * HOUR);
    expect(await read(subscription.id)).toMatchObject({ latest_invoice: { status: "paid" } });
    shop.answer(200);
    await shop.stripe.subscriptions.cancel(subscription.id);
  });
});
