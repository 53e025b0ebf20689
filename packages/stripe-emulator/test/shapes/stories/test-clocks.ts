import { DAY, makePrice, START } from "../../shop.ts";
import type { Story } from "../story.ts";

export const testClockStories: Story[] = [
  {
    tells: "a customer lives a month by a test clock, and another clock is deleted with all that lives by it",
    async live(shop) {
      const { stripe, emulator } = shop;
      const now = START / 1000;
      const clock = await stripe.testHelpers.testClocks.create({ frozen_time: now, name: "A month" });
      const customer = await stripe.customers.create({
        test_clock: clock.id,
        payment_method: "pm_card_visa",
        invoice_settings: { default_payment_method: "pm_card_visa" },
      });
      const price = await makePrice(shop);
      await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
      await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: now + (32 * DAY) / 1000 });
      await stripe.testHelpers.testClocks.retrieve(clock.id);
      await emulator.settled();
      await stripe.testHelpers.testClocks.retrieve(clock.id);
      await stripe.subscriptions.list({ test_clock: clock.id });
      const other = await stripe.testHelpers.testClocks.create({ frozen_time: now });
      await stripe.customers.create({ test_clock: other.id });
      await stripe.testHelpers.testClocks.del(other.id);
    },
  },
];
