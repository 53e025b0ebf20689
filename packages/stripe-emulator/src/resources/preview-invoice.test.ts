import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { planShop } from "../../test/plan-shop.ts";
import { refusal } from "../../test/shop.ts";

const t = planShop();

describe("a preview", () => {
  const createPreview = (params: Stripe.InvoiceCreatePreviewParams) =>
    t.shop.stripe.invoices.createPreview(params);

  it("shows the first invoice of a subscription that is not made", async () => {
    const trial_end = t.now() + 86_400;
    const items = [{ price: t.plan.id, quantity: 2 }, { price: t.extra.id }];
    const heard = await t.since(async () => {
      const paid = await createPreview({ customer: t.customer.id, subscription_details: { items } });
      expect(paid).toMatchObject({
        total: 7000,
        amount_due: 7000,
        status: "draft",
        billing_reason: "upcoming",
      });
      expect(paid.id).toMatch(/^upcoming_in_/);
      const trial = await createPreview({
        customer: t.customer.id,
        subscription_details: { items, trial_end },
      });
      expect(trial).toMatchObject({ total: 0, amount_due: 0 });
    });
    expect(heard).toEqual([]);
    expect((await t.shop.stripe.subscriptions.list({ customer: t.customer.id, status: "all" })).data).toEqual(
      [],
    );
    expect((await t.shop.stripe.invoices.list({ customer: t.customer.id })).data).toEqual([]);
  });

  it("counts what is added, the customer's credit and a discount, and redeems nothing", async () => {
    const { id } = await t.halfway();
    const coupon = await t.shop.stripe.coupons.create({ percent_off: 50, duration: "once" });
    await t.shop.stripe.customers.update(t.customer.id, { balance: -200 });
    const seen = await createPreview({
      subscription: id,
      invoice_items: [{ amount: 100, currency: "sek" }],
      discounts: [{ coupon: coupon.id }],
    });
    expect(seen).toMatchObject({ subtotal: 3100, total: 1550, amount_due: 1350, starting_balance: -200 });
    expect((await t.shop.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0);
    expect((await createPreview({ customer: t.customer.id })).total).toBe(3000);
  });

  it("of a cancellation shows what is given back, and none where nothing comes", async () => {
    const { id } = await t.halfway();
    const back = await createPreview({ subscription: id, subscription_details: { cancel_now: true } });
    expect(back).toMatchObject({ total: -1500, amount_due: 0 });
    expect((await t.shop.stripe.subscriptions.retrieve(id)).status).toBe("active");
    const ended = createPreview({ subscription: id, subscription_details: { cancel_at_period_end: true } });
    expect((await refusal(ended)).code).toBe("invoice_upcoming_none");
    await t.shop.stripe.subscriptions.update(id, { cancel_at: t.now() + 100 * 86_400 });
    expect((await createPreview({ subscription: id })).total).toBe(3000);
    const nobody = createPreview({ customer: (await t.shop.stripe.customers.create()).id });
    expect((await refusal(nobody)).code).toBe("invoice_upcoming_none");
  });
});
