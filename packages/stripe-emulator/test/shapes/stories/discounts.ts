import { buy, DAY, openCheckout } from "../../shop.ts";
import { refused, type Story } from "../story.ts";

export const discountStories: Story[] = [
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
