import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, PAID, type Shop } from "../shop.ts";
import { DAY, expectEvents, FROZEN, HOUR, type Row, Scenario, typesOf } from "./scenario.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ settings: { invoicePaymentDelay: [1, 20] } });
});
afterAll(() => shop.close());

const ends = (missing_payment_method: "cancel" | "pause" | "create_invoice") => ({
  trial_period_days: 5,
  trial_settings: { end_behavior: { missing_payment_method } },
});
const ANNOUNCED: Row = [
  "customer.subscription.trial_will_end",
  { status: "trialing", trial_end: FROZEN + 5 * DAY },
];

describe("D. the end of a trial is announced", () => {
  it("three days before, once", async () => {
    const ada = await Scenario.begin(shop);
    await ada.subscribes({ trial_period_days: 5 });
    expect(await ada.passes(2 * DAY - 1)).toEqual([]);
    expectEvents(await ada.passes(1), [ANNOUNCED]);
    expect(await ada.passes(3 * DAY - 1)).toEqual([]);
  });

  it("at once when the trial is shorter than three days", async () => {
    const ada = await Scenario.begin(shop);
    const before = shop.received.length;
    const { id } = await ada.subscribes({ trial_period_days: 2 });
    await shop.emulator.settled();
    const [told] = shop.received.slice(before).filter(({ type }) => type.endsWith("trial_will_end"));
    expect(told).toMatchObject({ created: FROZEN, request: { id: null }, data: { object: { id } } });
    expect(await ada.passes(2 * DAY - 1)).toEqual([]);
  });

  it("when it is cut short, beside the change itself", async () => {
    const ada = await Scenario.begin(shop);
    const { id } = await ada.subscribes({ trial_period_days: 14 });
    const types = typesOf(await ada.calls(() => ada.stripe.subscriptions.update(id, { trial_end: "now" })));
    expect(types.slice(0, 3).toSorted()).toContain("customer.subscription.trial_will_end");
    expect((await ada.reads(id)).status).toBe("active");
  });
});

describe("E. a trial ends with a card", () => {
  it("is active at once, and money moves an hour later", async () => {
    const ada = await Scenario.begin(shop);
    const { id, latest_invoice: first } = await ada.subscribes({ trial_period_days: 5 });
    await ada.passes(2 * DAY);
    const end = FROZEN + 5 * DAY;
    expectEvents(await ada.passes(3 * DAY), [
      [
        "customer.subscription.updated",
        { status: "active", items: { data: [{ current_period_start: end }] } },
        {
          status: "trialing",
          items: { data: [{ current_period_end: end }] },
          latest_invoice: expect.any(String),
        },
      ],
      [
        "invoice.created",
        {
          status: "draft",
          billing_reason: "subscription_cycle",
          amount_due: 3900,
          automatically_finalizes_at: end + HOUR,
          attempted: false,
        },
      ],
    ]);
    expect(await ada.reads(id)).toMatchObject({
      status: "active",
      billing_cycle_anchor: end,
      latest_invoice: { status: "draft" },
    });
    expect(await ada.passes(HOUR - 1)).toEqual([]);
    const paid = await ada.passes(1);
    expect(new Set(typesOf(paid))).toEqual(new Set([...PAID]));
    expect(typesOf(paid)[0]).toBe("invoice.finalized");
    expectEvents(await ada.passes(20), [["invoice_payment.paid", { amount_paid: 3900 }]]);
    const after = await ada.reads(id);
    expect(after).toMatchObject({ status: "active", latest_invoice: { status: "paid", attempt_count: 1 } });
    expect(after.latest_invoice).not.toMatchObject({ id: (first as { id: string }).id });
  });
});

describe("F. a trial ends without a card", () => {
  it("cancel: it is over, and no invoice was made", async () => {
    const ada = await Scenario.begin(shop, { card: null });
    const { id } = await ada.subscribes(ends("cancel"));
    expectEvents(await ada.passes(5 * DAY), [
      ANNOUNCED,
      [
        "customer.subscription.deleted",
        { status: "canceled", ended_at: FROZEN + 5 * DAY, cancel_at_period_end: false },
      ],
    ]);
    expect((await ada.stripe.invoices.list({ subscription: id })).data).toMatchObject([
      { total: 0, status: "paid" },
    ]);
    expect(await ada.passes(40 * DAY)).toEqual([]);
  });

  it("pause: it waits, and makes no invoices", async () => {
    const ada = await Scenario.begin(shop, { card: null });
    const { id } = await ada.subscribes(ends("pause"));
    const status_details = {
      paused: {
        subscription: { type: "trial_end_without_payment_method" },
        transitioned_at: FROZEN + 5 * DAY,
      },
    };
    expectEvents(await ada.passes(5 * DAY), [
      ANNOUNCED,
      ["customer.subscription.updated", { status: "paused", status_details }, { status: "trialing" }],
      ["customer.subscription.paused", { status: "paused" }],
    ]);
    expect(await ada.passes(40 * DAY)).toEqual([]);
    expect((await ada.stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
    expect(await ada.reads(id)).toMatchObject({ status: "paused", status_details });
  });

  it("create_invoice: it is active for an hour, then behind", async () => {
    const ada = await Scenario.begin(shop, { card: null });
    const { id } = await ada.subscribes(ends("create_invoice"));
    expectEvents(await ada.passes(5 * DAY), [
      ANNOUNCED,
      ["customer.subscription.updated", { status: "active" }, { status: "trialing" }],
      ["invoice.created", { status: "draft", billing_reason: "subscription_cycle" }],
    ]);
    expectEvents(await ada.passes(HOUR), [
      "invoice.finalized",
      ["invoice.updated", { attempted: true }, { attempted: false }],
      ["invoice.payment_failed", { attempt_count: 1, status: "open" }],
      ["customer.subscription.updated", { status: "past_due" }, { status: "active" }],
    ]);
    expect((await ada.stripe.charges.list({ customer: ada.customer })).data).toEqual([]);
    expect(await ada.reads(id)).toMatchObject({ status: "past_due", latest_invoice: { status: "open" } });
  });
});
