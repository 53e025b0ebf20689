import { DAY, HOUR } from "../../shop.ts";
import { customerWithCard, refused, type Story, subscribe } from "../story.ts";

export const invoiceStories: Story[] = [
  {
    tells: "renewal drafts are finalised, paid by hand, paid elsewhere, voided and given up",
    async live(shop) {
      const { stripe, emulator } = shop;
      const subscriptions = [];
      for (let one = 0; one < 5; one++) subscriptions.push(await subscribe(shop, "pm_card_visa"));
      await emulator.clock.advance(28 * DAY);
      const [a, b, c, d, e] = await Promise.all(
        subscriptions.map(async ({ id }) => {
          const { data } = await stripe.invoices.list({ subscription: id, limit: 1 });
          return data[0]?.id ?? "";
        }),
      );
      await stripe.invoices.finalizeInvoice(a ?? "", { auto_advance: false });
      await stripe.invoices.pay(a ?? "", { expand: ["payments", "confirmation_secret"] });
      await refused(stripe.invoices.pay(a ?? ""));
      await stripe.invoices.pay(b ?? "", { paid_out_of_band: true });
      await stripe.invoices.finalizeInvoice(c ?? "");
      await stripe.invoices.voidInvoice(c ?? "");
      await stripe.invoices.finalizeInvoice(d ?? "");
      await stripe.invoices.markUncollectible(d ?? "");
      await stripe.invoices.pay(d ?? "");
      await refused(stripe.invoices.pay(e ?? "", { payment_method: "pm_card_chargeDeclined" }));
      await refused(stripe.invoices.voidInvoice("in_nobody"));
      await emulator.clock.advance(2 * HOUR);
    },
  },
  {
    tells: "a renewal wants 3-D Secure, and the next invoice is asked for before it comes",
    async live(shop) {
      const { stripe, emulator } = shop;
      const subscription = await subscribe(shop, "pm_card_authenticationRequired", { trial_period_days: 2 });
      await stripe.invoices.createPreview({ subscription: subscription.id });
      await emulator.clock.advance(3 * DAY);
      await refused(stripe.invoices.pay(String((await stripe.invoices.list()).data[0]?.id)));
      await stripe.customers.list({ email: "ada@example.com" });
      await customerWithCard(shop, "pm_card_visa");
    },
  },
];
