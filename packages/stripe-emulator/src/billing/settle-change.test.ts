import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { itemsOf, planShop } from "../../test/plan-shop.ts";
import { DAY, HOUR, refusal } from "../../test/shop.ts";

const t = planShop();

describe("an update that must be paid", () => {
  const bad = async () => {
    const method = await t.shop.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: t.customer.id,
    });
    return method.id;
  };

  it("leaves the subscription behind when that fails, or changes nothing if told so, or waits to be confirmed", async () => {
    const { id, item } = await t.halfway();
    const paid = await t.latest(id);
    await t.shop.stripe.subscriptions.update(id, { default_payment_method: await bad() });
    const dearer = (payment_behavior: "error_if_incomplete" | "default_incomplete" | "allow_incomplete") =>
      t.shop.stripe.subscriptions.update(id, {
        items: [{ id: item.id, quantity: 9 }],
        proration_behavior: "always_invoice",
        payment_behavior,
      });
    const heard = await t.since(async () => {
      expect(await refusal(dearer("error_if_incomplete"))).toMatchObject({
        statusCode: 402,
        code: "card_declined",
      });
    });
    expect(heard).toEqual([]);
    expect((await t.latest(id)).id).toBe(paid.id);
    expect(itemsOf(await t.shop.stripe.subscriptions.retrieve(id))).toEqual([[3000, 1]]);
    expect((await dearer("default_incomplete")).status).toBe("past_due");
    expect(await t.latest(id)).toMatchObject({ status: "open", attempt_count: 0 });
    await t.shop.stripe.invoices.pay((await t.latest(id)).id, { payment_method: "pm_card_visa" });
    expect((await t.shop.stripe.subscriptions.retrieve(id)).status).toBe("active");
    await t.shop.stripe.subscriptions.update(id, {
      items: [{ id: item.id, quantity: 20 }],
      proration_behavior: "always_invoice",
    });
    expect((await t.shop.stripe.subscriptions.retrieve(id)).status).toBe("past_due");
    const pending = t.shop.stripe.subscriptions.update(id, { payment_behavior: "pending_if_incomplete" });
    expect((await refusal(pending)).message).toContain("does not cover");
  });
});

describe("a new beginning on a running subscription", () => {
  it("is a trial that gives back the time paid for and is announced again", async () => {
    const { id } = await t.halfway();
    const trial_end = t.now() + 1 + 10 * 86_400;
    const heard = await t.since(() => t.shop.stripe.subscriptions.update(id, { trial_end }));
    expect(heard.slice(0, 4)).toEqual([
      "customer.subscription.updated",
      "invoiceitem.created",
      "invoice.created",
      "customer.subscription.updated",
    ]);
    const row = await t.shop.stripe.subscriptions.retrieve(id);
    expect(row).toMatchObject({ status: "trialing", trial_end, billing_cycle_anchor: trial_end });
    expect(row.items.data[0]).toMatchObject({ current_period_end: trial_end });
    expect(await t.latest(id)).toMatchObject({ total: -1500, status: "paid" });
    expect(await t.pass(7 * DAY - 1000)).toEqual(["customer.subscription.trial_will_end"]);
    expect(await t.pass(3 * DAY - 1000)).toEqual(["customer.subscription.updated", "invoice.created"]);
    await t.shop.emulator.clock.advance(HOUR);
    expect(await t.latest(id)).toMatchObject({ status: "paid", total: 3000, amount_due: 1500 });
    const past = t.shop.stripe.subscriptions.update(id, { trial_end: t.now() - 5 });
    expect((await refusal(past)).message).toContain("in the future");
  });

  it("is a billing cycle anchored now: paid anew, less what was not used", async () => {
    const { id } = await t.halfway();
    const row = await t.shop.stripe.subscriptions.update(id, { billing_cycle_anchor: { type: "now" } });
    expect(row.billing_cycle_anchor).toBe(t.now());
    expect(row.items.data[0]?.current_period_start).toBe(t.now());
    expect(await t.latest(id)).toMatchObject({
      total: 1500,
      status: "paid",
      billing_reason: "subscription_update",
    });
    const free = await t.shop.stripe.subscriptions.update(id, {
      billing_cycle_anchor: { type: "unchanged" },
    });
    expect(free.billing_cycle_anchor).toBe(row.billing_cycle_anchor);
    const word = t.shop.stripe.subscriptions.update(id, {
      billing_cycle_anchor: "now",
    } as unknown as Stripe.SubscriptionUpdateParams);
    expect(await refusal(word)).toMatchObject({ code: "parameter_unknown", param: "billing_cycle_anchor" });
  });
});
