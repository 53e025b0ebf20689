import { describe, expect, it } from "vitest";
import { buy, DAY, HOUR, openShop, PAID, START } from "../shop.ts";
import { expectEvents, type Row } from "./scenario.ts";

const TRIAL_END = START / 1000 + 5 * 86_400;

describe("B, D, E and J by the clock of the emulator", () => {
  it("a trial is announced, ends, is paid and is not renewed, each event at its moment", async () => {
    const shop = await openShop({ settings: { invoicePaymentDelay: [1, 1] } });
    const passes = async (ms: number, rows: Row[]) => {
      await shop.emulator.settled();
      const before = shop.received.length;
      await shop.emulator.clock.advance(ms);
      await shop.emulator.settled();
      expectEvents(shop.received.slice(before), rows);
    };
    const { subscription } = await buy(shop, { subscription_data: { trial_period_days: 5 } });
    await passes(2 * DAY - 1000, []);
    await passes(1000, [["customer.subscription.trial_will_end", { trial_end: TRIAL_END }]]);
    await passes(3 * DAY, [
      ["customer.subscription.updated", { status: "active" }, { status: "trialing" }],
      ["invoice.created", { status: "draft", automatically_finalizes_at: TRIAL_END + 3600 }],
    ]);
    await passes(HOUR - 1000, []);
    await passes(1000, [...PAID]);
    await passes(1000, ["invoice_payment.paid"]);
    await shop.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    const end = Date.UTC(2026, 2, 5, 12) / 1000;
    await passes(end * 1000 - shop.emulator.clock.now(), [
      ["customer.subscription.deleted", { ended_at: end }],
    ]);
    // Stripe lists the events of the last thirty days.
    const told = (await shop.stripe.events.list({ limit: 100 })).data.map(({ id }) => id).toReversed();
    expect(told.length).toBeGreaterThan(8);
    expect(told).toEqual(shop.received.slice(-told.length).map(({ id }) => id));
    await shop.close();
  });
});
