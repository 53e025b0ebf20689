import { buy, DAY, HOUR, openCheckout } from "../../shop.ts";
import { refused, type Story } from "../story.ts";

export const checkoutStories: Story[] = [
  {
    tells: "a checkout is paid at once, after a declined card and after 3-D Secure",
    async live(shop) {
      const { stripe, emulator } = shop;
      const { session } = await openCheckout(shop, {
        client_reference_id: "u1",
        metadata: { userId: "u1" },
        subscription_data: { metadata: { userId: "u1" }, description: "One" },
        consent_collection: { terms_of_service: "required" },
        custom_text: { submit: { message: "You pay now." } },
        billing_address_collection: "required",
        allowed_payment_method_types: ["card"],
        locale: "sv",
      });
      await stripe.checkout.sessions.update(session.id, { metadata: { step: "two" } });
      await stripe.checkout.sessions.listLineItems(session.id, { expand: ["data.price.product"] });
      await emulator.completeCheckout(session.id, "4000000000000002");
      await emulator.completeCheckout(session.id, "4000002500003155", { authentication: "fail" });
      await emulator.completeCheckout(session.id, "4000002500003155");
      await stripe.checkout.sessions.retrieve(session.id, {
        expand: ["customer", "subscription.latest_invoice.payments", "invoice", "line_items"],
      });
      await emulator.clock.advance(HOUR);
      await emulator.clock.advance(31 * DAY + HOUR);
    },
  },
  {
    tells:
      "a trial starts with a card, with one that wants 3-D Secure, and without one; it ends, and is renewed",
    async live(shop) {
      const trial = { subscription_data: { trial_period_days: 5 } };
      await buy(shop, trial);
      await buy(shop, { ...trial, card: "4000002500003155" });
      await buy(shop, { ...trial, payment_method_collection: "if_required", card: null });
      await shop.emulator.clock.advance(6 * DAY);
      await shop.emulator.clock.advance(31 * DAY);
    },
  },
  {
    tells: "a checkout is given up by the shop, and by its customer",
    async live(shop) {
      const given = await openCheckout(shop);
      await shop.stripe.checkout.sessions.expire(given.session.id);
      await refused(shop.stripe.checkout.sessions.expire(given.session.id));
      await openCheckout(shop);
      await shop.emulator.clock.advance(25 * HOUR);
    },
  },
];
