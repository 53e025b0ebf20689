import type Stripe from "stripe";
import { buy, DAY, openCheckout } from "../../shop.ts";
import { refused, type Story, subscribe } from "../story.ts";

/** The last API version in which a customer as a whole takes a coupon. */
const OLD = { apiVersion: "2024-12-18.acacia" };

export const discountStories: Story[] = [
  {
    tells: "a customer and a subscription have discounts, which are then taken away",
    async live(shop) {
      const { stripe, emulator } = shop;
      const [half, ten] = [
        await stripe.coupons.create({ percent_off: 50, duration: "forever" }),
        await stripe.coupons.create({ percent_off: 10, duration: "repeating", duration_in_months: 3 }),
      ];
      const subscription = await subscribe(shop, "pm_card_visa", { discounts: [{ coupon: half.id }] });
      const customer = String(subscription.customer);
      await stripe.customers.update(customer, { coupon: ten.id } as Stripe.CustomerUpdateParams, OLD);
      await stripe.customers.update(customer, { coupon: half.id } as Stripe.CustomerUpdateParams, OLD);
      await emulator.clock.advance(40 * DAY);
      await stripe.subscriptions.retrieve(subscription.id, { expand: ["discounts"] });
      await stripe.customers.retrieve(customer, { expand: ["discount.source.coupon"] });
      await stripe.subscriptions.deleteDiscount(subscription.id);
      await stripe.customers.deleteDiscount(customer);
      await stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: ten.id }] });
      await stripe.subscriptions.update(subscription.id, { discounts: "" });
    },
  },
  {
    tells: "coupons and promotion codes are made, changed, redeemed at checkout, and end",
    async live(shop) {
      const { stripe, emulator } = shop;
      const product = await stripe.products.create({ name: "LiveAssist" });
      const half = await stripe.coupons.create({
        percent_off: 50,
        duration: "repeating",
        duration_in_months: 2,
      });
      const once = await stripe.coupons.create({
        id: "TEN",
        name: "Ten off",
        amount_off: 1000,
        currency: "sek",
        duration: "once",
        max_redemptions: 5,
        redeem_by: Math.floor(emulator.clock.now() / 1000) + 40 * 86_400,
        metadata: { campaign: "spring" },
      });
      await stripe.coupons.create({
        percent_off: 12.5,
        duration: "forever",
        applies_to: { products: [product.id] },
      });
      await stripe.coupons.update(half.id, { name: "Half", metadata: { campaign: "spring" } });
      const code = await stripe.promotionCodes.create({
        promotion: { type: "coupon", coupon: half.id },
        code: "SPRING",
        max_redemptions: 10,
        restrictions: { first_time_transaction: true, minimum_amount: 100, minimum_amount_currency: "sek" },
      });
      await stripe.promotionCodes.update(code.id, { metadata: { where: "poster" } });
      await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: once.id } });
      await buy(shop, { discounts: [{ promotion_code: code.id }] });
      await buy(shop, { discounts: [{ coupon: once.id }], subscription_data: { trial_period_days: 5 } });
      await openCheckout(shop, { allow_promotion_codes: true });
      await emulator.clock.advance(100 * DAY);
      await stripe.coupons.retrieve(once.id, { expand: ["applies_to"] });
      await refused(stripe.coupons.create({ id: "TEN", percent_off: 1, duration: "once" }));
      await stripe.promotionCodes.update(code.id, { active: false });
      const unused = await stripe.coupons.create({ percent_off: 1, duration: "once" });
      await stripe.coupons.del(unused.id);
    },
  },
];
