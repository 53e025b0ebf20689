import { DAY } from "../../shop.ts";
import { type Story, subscribe } from "../story.ts";

export const invoiceItemStories: Story[] = [
  {
    tells: "invoice items are made by hand, changed, taken back, and billed with the next renewal",
    async live(shop) {
      const { stripe, emulator } = shop;
      const { id, customer } = await subscribe(shop, "pm_card_visa");
      const whose = { customer: String(customer), currency: "sek" };
      const item = await stripe.invoiceItems.create({ ...whose, amount: 900, description: "Extra" });
      await stripe.invoiceItems.update(item.id, { quantity: 2, metadata: { by: "hand" } });
      await stripe.invoiceItems.create({ ...whose, amount: -500, subscription: id });
      const mistake = await stripe.invoiceItems.create({ ...whose, amount: 100 });
      await stripe.invoiceItems.del(mistake.id);
      await stripe.invoiceItems.list({ pending: true });
      await emulator.clock.advance(40 * DAY);
    },
  },
];
