import { DAY, HOUR, makePrice } from "../../shop.ts";
import { refused, type Story, subscribe } from "../story.ts";

export const subscriptionStories: Story[] = [
  {
    tells: "a subscription by API is paid, changed, paused, resumed and cancelled",
    async live(shop) {
      const { stripe, emulator } = shop;
      const { id, items } = await subscribe(shop, "pm_card_visa", {
        metadata: { userId: "u1" },
        description: "One",
      });
      const dearer = await stripe.prices.create({
        currency: "sek",
        unit_amount: 7900,
        recurring: { interval: "month" },
        product_data: { name: "More" },
      });
      await emulator.clock.advance(10 * DAY);
      const item = items.data[0]?.id ?? "";
      await stripe.subscriptions.update(id, { items: [{ id: item, price: dearer.id, quantity: 2 }] });
      await stripe.invoices.createPreview({ subscription: id });
      await stripe.subscriptions.update(id, {
        cancel_at_period_end: true,
        cancellation_details: { comment: "bye" },
      });
      await stripe.subscriptions.update(id, { cancel_at_period_end: false });
      await stripe.subscriptions.pause(id, { type: "subscription" });
      await emulator.clock.advance(DAY);
      await stripe.subscriptions.resume(id);
      await emulator.clock.advance(31 * DAY);
      await stripe.subscriptions.cancel(id, { cancellation_details: { feedback: "unused" } });
      await stripe.subscriptions.list({ status: "all" });
      await refused(stripe.subscriptions.retrieve("sub_nobody"));
    },
  },
  {
    tells:
      "a trial by API ends with a card, without one in its three ways, and a first payment that is never made expires",
    async live(shop) {
      const { stripe, emulator } = shop;
      await subscribe(shop, "pm_card_visa", { trial_period_days: 5 });
      const price = await makePrice(shop);
      for (const missing_payment_method of ["cancel", "pause", "create_invoice"] as const) {
        const customer = await stripe.customers.create({ email: "bo@example.com" });
        await stripe.subscriptions.create({
          customer: customer.id,
          items: [{ price: price.id }],
          trial_period_days: 5,
          trial_settings: { end_behavior: { missing_payment_method } },
        });
      }
      await subscribe(shop, "pm_card_authenticationRequired", { payment_behavior: "default_incomplete" });
      await subscribe(shop, "pm_card_authenticationRequired");
      await emulator.clock.advance(5 * DAY + 2 * HOUR);
      await stripe.subscriptions.list({ status: "all", limit: 100 });
      await emulator.clock.advance(30 * DAY);
    },
  },
  {
    tells: "items come and go, collection is paused, and an early end is settled",
    async live(shop) {
      const { stripe, emulator } = shop;
      const { id: subscription, items } = await subscribe(shop, "pm_card_visa");
      const price = (await makePrice(shop)).id;
      const { id } = await stripe.subscriptionItems.create({ subscription, price, quantity: 2 });
      await stripe.subscriptionItems.update(id, { quantity: 3, metadata: { of: "hand" } });
      await emulator.clock.advance(10 * DAY);
      await stripe.subscriptionItems.del(items.data[0]?.id ?? "", { proration_behavior: "always_invoice" });
      await stripe.subscriptions.update(subscription, { pause_collection: { behavior: "void" } });
      await emulator.clock.advance(30 * DAY);
      await stripe.subscriptions.update(subscription, { pause_collection: "" });
      await stripe.subscriptions.cancel(subscription, { prorate: true, invoice_now: true });
      await stripe.invoiceItems.list({ limit: 100 });
    },
  },
  {
    tells: "a renewal is announced",
    options: { settings: { upcomingDays: 3 } },
    async live(shop) {
      const { id } = await subscribe(shop, "pm_card_visa");
      await shop.emulator.clock.advance(26 * DAY);
      await shop.stripe.events.list({ type: "invoice.upcoming" });
      await shop.stripe.subscriptions.cancel(id);
    },
  },
  ...(["cancel", "unpaid", "past_due"] as const).map(
    (afterLastRetry): Story => ({
      tells: `a renewal is declined until the retries are over, then: ${afterLastRetry}`,
      options: { settings: { afterLastRetry } },
      async live(shop) {
        const { stripe, emulator } = shop;
        const { id } = await subscribe(shop, "pm_card_chargeCustomerFail", { trial_period_days: 1 });
        await emulator.clock.advance(2 * DAY);
        await stripe.subscriptions.retrieve(id);
        await stripe.invoices.list({ subscription: id });
        await emulator.clock.advance(50 * DAY);
        await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice.payments", "customer"] });
      },
    }),
  ),
];
