import { describe, expect, it } from "vitest";
import { planShop } from "../../test/plan-shop.ts";
import { DAY } from "../../test/shop.ts";

const t = planShop();

describe("a subscription whose collection is paused", () => {
  it("stays active while its invoices stay drafts, are void or given up, and goes on at the date that was set", async () => {
    for (const [behavior, status, events] of [
      ["keep_as_draft", "draft", []],
      ["void", "void", ["invoice.finalized", "invoice.voided"]],
      ["mark_uncollectible", "uncollectible", ["invoice.finalized", "invoice.marked_uncollectible"]],
    ] as const) {
      const { id, current_period_end: end } = await t.subscribe().then((row) => ({
        id: row.id,
        current_period_end: Number(row.items.data[0]?.current_period_end),
      }));
      const paused = await t.since(() =>
        t.shop.stripe.subscriptions.update(id, { pause_collection: { behavior, resumes_at: end + 86_400 } }),
      );
      expect(paused).toEqual(["customer.subscription.updated"]);
      expect(await t.pass(end * 1000 - t.shop.emulator.clock.now())).toEqual([
        "customer.subscription.updated",
        "invoice.created",
        ...events,
      ]);
      expect(await t.latest(id)).toMatchObject({ status, auto_advance: false });
      expect(await t.pass(DAY)).toEqual(["customer.subscription.updated"]);
      const row = await t.shop.stripe.subscriptions.retrieve(id);
      expect(row).toMatchObject({ status: "active", pause_collection: null });
      expect(await t.latest(id)).toMatchObject({ status });
      await t.shop.stripe.subscriptions.cancel(id);
    }
  });

  it("is not charged for a change either", async () => {
    const { id, item } = await t.halfway();
    await t.shop.stripe.subscriptions.update(id, { pause_collection: { behavior: "keep_as_draft" } });
    await t.shop.stripe.subscriptions.update(id, {
      items: [{ id: item.id, quantity: 3 }],
      proration_behavior: "always_invoice",
    });
    expect(await t.latest(id)).toMatchObject({ status: "draft", total: 3000, auto_advance: false });
    expect((await t.shop.stripe.charges.list({ customer: t.customer.id })).data).toHaveLength(1);
    const row = await t.shop.stripe.subscriptions.update(id, { pause_collection: "" });
    expect(row).toMatchObject({ status: "active", pause_collection: null });
  });
});
