import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, HOUR, makePrice, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const read = (id: string) => shop.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });

async function since(work: () => Promise<unknown>): Promise<string[]> {
  await shop.emulator.settled();
  shop.heard();
  await work();
  await shop.emulator.settled();
  return shop.heard();
}

describe("paused and resumed", () => {
  const NO_CARD = {
    payment_method_collection: "if_required" as const,
    card: null,
    subscription_data: {
      trial_period_days: 5,
      trial_settings: { end_behavior: { missing_payment_method: "pause" as const } },
    },
  };

  it("resumes with an invoice that is paid at once, in a period from now", async () => {
    const { subscription, customer } = await buy(shop, NO_CARD);
    await shop.emulator.clock.advance(9 * DAY);
    expect((await read(subscription.id)).status).toBe("paused");
    const card = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await shop.stripe.subscriptions.update(subscription.id, { default_payment_method: card.id });
    const heard = await since(() => shop.stripe.subscriptions.resume(subscription.id));
    expect(heard.slice(0, 2)).toEqual(["invoice.created", "invoice.finalized"]);
    expect(heard.slice(-3)).toEqual([
      "invoice.payment_succeeded",
      "customer.subscription.updated",
      "customer.subscription.resumed",
    ]);
    const resumed = await read(subscription.id);
    expect(resumed).toMatchObject({ status: "active", latest_invoice: { status: "paid", total: 3900 } });
    expect(resumed.items.data[0]?.current_period_start).toBe(Math.floor(shop.emulator.clock.now() / 1000));
    const told = shop.received.findLast(({ type }) => type === "customer.subscription.updated");
    const [{ current_period_end } = { current_period_end: 0 }] = subscription.items.data;
    expect(told?.data.previous_attributes).toMatchObject({
      status: "paused",
      latest_invoice: subscription.latest_invoice,
      billing_cycle_anchor: subscription.billing_cycle_anchor,
      items: { data: [{ current_period_end }] },
    });
    expect((await refusal(shop.stripe.subscriptions.resume(subscription.id))).message).toContain("active");
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it.each([
    ["", {}],
    [", also while collection is paused", { pause_collection: { behavior: "void" as const } }],
  ])("stays paused when nobody pays within 23 hours, and the invoice is void%s", async (_when, change) => {
    const { subscription } = await buy(shop, NO_CARD);
    await shop.emulator.clock.advance(6 * DAY);
    await shop.stripe.subscriptions.update(subscription.id, change);
    const resumed = await shop.stripe.subscriptions.resume(subscription.id);
    expect(resumed.status).toBe("paused");
    const heard = await since(() => shop.emulator.clock.advance(23 * HOUR));
    expect(heard).toEqual(["invoice.voided"]);
    expect(await read(subscription.id)).toMatchObject({
      status: "paused",
      latest_invoice: { status: "void" },
    });
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("goes on behind after a refused payment, or stays paused until it is paid, as asked", async () => {
    const { stripe } = shop;
    const customer = await stripe.customers.create({ payment_method: "pm_card_chargeCustomerFail" });
    const [bad] = (await stripe.paymentMethods.list({ customer: customer.id })).data;
    const price = await makePrice(shop);
    const create = async () => {
      const items = [{ price: price.id }];
      const shape = { customer: customer.id, items, default_payment_method: String(bad?.id) };
      const { id } = await stripe.subscriptions.create({ ...shape, trial_period_days: 5 });
      await stripe.subscriptions.pause(id);
      return id;
    };
    const behindNow = await create();
    expect((await stripe.subscriptions.resume(behindNow)).status).toBe("past_due");
    const waiting = await create();
    const resumed = await stripe.subscriptions.resume(waiting, {
      payment_behavior: "resume_on_payment_success",
    });
    expect(resumed.status).toBe("paused");
    const pay = { payment_method: "pm_card_visa" };
    const heard = await since(() => stripe.invoices.pay(String(resumed.latest_invoice), pay));
    expect(heard.at(-1)).toBe("customer.subscription.resumed");
    expect((await read(waiting)).status).toBe("active");
    for (const id of [behindNow, waiting]) await stripe.subscriptions.cancel(id);
  });

  it("says what of a pause's bill is not emulated, and takes what changes nothing", async () => {
    const { subscription } = await buy(shop);
    const pause = (params: object) => shop.stripe.subscriptions.pause(subscription.id, params);
    const from = (type: string) => ({ bill_for: { unused_time_from: { type } } });
    for (const params of [from("now"), from("item_current_period_start"), { invoicing_behavior: "invoice" }])
      expect((await refusal(pause(params))).message).toContain("does not cover");
    expect((await refusal(pause(from("later")))).code).toBe("parameter_invalid");
    expect((await pause({ ...from("none"), invoicing_behavior: "pending_invoice_item" })).status).toBe(
      "paused",
    );
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("pauses on request, without periods or invoices, and goes on where it was", async () => {
    const { subscription } = await buy(shop);
    expect(await since(() => shop.stripe.subscriptions.pause(subscription.id))).toEqual([
      "customer.subscription.updated",
      "customer.subscription.paused",
    ]);
    await shop.emulator.clock.advance(10 * DAY);
    const heard = await since(() =>
      shop.stripe.subscriptions.resume(subscription.id, { billing_cycle_anchor: { type: "unchanged" } }),
    );
    expect(heard).toEqual(["customer.subscription.updated", "customer.subscription.resumed"]);
    const resumed = await read(subscription.id);
    expect(resumed.status).toBe("active");
    expect(resumed.status_details).toBeUndefined();
    expect(resumed.items.data[0]?.current_period_end).toBe(subscription.items.data[0]?.current_period_end);
    await shop.stripe.subscriptions.pause(subscription.id);
    await shop.emulator.clock.advance(60 * DAY);
    expect((await shop.stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
    await shop.stripe.subscriptions.cancel(subscription.id);
  });
});
