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
