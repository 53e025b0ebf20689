import type Stripe from "stripe";
import type { Story } from "../story.ts";

const PAGES = { success_url: "http://shop.example/thanks", cancel_url: "http://shop.example/cart" };
const LINE = {
  quantity: 2,
  price_data: { currency: "sek", unit_amount: 4900, product_data: { name: "An hour" } },
};
const PAYMENT: Stripe.Checkout.SessionCreateParams = { ...PAGES, mode: "payment", line_items: [LINE] };

export const singlePaymentStories: Story[] = [
  {
    tells: "a checkout takes a single payment, with and without a customer, an invoice and a discount",
    async live({ stripe, emulator }) {
      const { id: customer } = await stripe.customers.create({ email: "ada@example.com" });
      const { id: coupon } = await stripe.coupons.create({ percent_off: 50, duration: "once" });
      const sessions = [
        {
          ...PAYMENT,
          customer,
          payment_intent_data: { description: "An hour", setup_future_usage: "off_session" },
        },
        {
          ...PAYMENT,
          customer,
          invoice_creation: { enabled: true, invoice_data: { description: "For your books" } },
        },
        { ...PAYMENT, customer_creation: "always", submit_type: "book" },
        { ...PAYMENT, discounts: [{ coupon }] },
      ] satisfies Stripe.Checkout.SessionCreateParams[];
      for (const params of sessions) {
        const { id } = await stripe.checkout.sessions.create(params);
        await emulator.completeCheckout(id, "4000000000000002");
        await emulator.completeCheckout(id);
        await stripe.checkout.sessions.retrieve(id, {
          expand: ["payment_intent.latest_charge", "line_items"],
        });
      }
    },
  },
  {
    tells: "a checkout is complete before the bank answers: yes, and no",
    async live({ stripe, emulator }) {
      for (const mode of ["payment", "subscription"] as const)
        for (const iban of ["AT611904300234573201", "AT861904300235473202"]) {
          const price = await stripe.prices.create({
            currency: "eur",
            unit_amount: 1500,
            product_data: { name: "Club" },
            ...(mode === "subscription" && { recurring: { interval: "month" } }),
          });
          const { id } = await stripe.checkout.sessions.create({
            ...PAGES,
            mode,
            line_items: [{ price: price.id, quantity: 1 }],
            allowed_payment_method_types: ["card", "sepa_debit"],
          });
          await emulator.completeCheckout(id, iban);
        }
      await emulator.clock.advance(3_600_000);
    },
  },
  {
    tells: "a checkout saves a card and takes no money",
    async live({ stripe, emulator }) {
      const { id: customer } = await stripe.customers.create({ email: "ada@example.com" });
      const { id } = await stripe.checkout.sessions.create({
        ...PAGES,
        mode: "setup",
        currency: "sek",
        customer,
      });
      await emulator.completeCheckout(id, "4000002500003155", { authentication: "fail" });
      await emulator.completeCheckout(id, "4000002500003155");
      await stripe.checkout.sessions.retrieve(id, { expand: ["setup_intent.payment_method"] });
    },
  },
];
