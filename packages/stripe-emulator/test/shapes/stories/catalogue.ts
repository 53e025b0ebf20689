import { refused, type Story } from "../story.ts";

export const catalogueStories: Story[] = [
  {
    tells: "products and prices are made, changed and listed",
    async live({ stripe }) {
      const product = await stripe.products.create({
        name: "LiveAssist",
        description: "Help",
        metadata: { kind: "plan" },
        default_price_data: { currency: "sek", unit_amount: 3900, recurring: { interval: "month" } },
      });
      await stripe.products.update(product.id, { name: "LiveAssist Permission", active: true });
      const yearly = await stripe.prices.create({
        currency: "sek",
        product: product.id,
        unit_amount: 39_000,
        recurring: { interval: "year" },
        lookup_key: "yearly",
        tax_behavior: "inclusive",
      });
      await stripe.prices.create({ currency: "sek", product: product.id, unit_amount: 9900 });
      await stripe.prices.update(yearly.id, { nickname: "Yearly", metadata: { shown: "no" }, active: false });
      await stripe.prices.list({ product: product.id, lookup_keys: ["yearly"], expand: ["data.product"] });
      await stripe.products.retrieve(product.id, { expand: ["default_price"] });
      const mistake = await stripe.products.create({ name: "Mistake" });
      await stripe.products.del(mistake.id);
      await refused(stripe.prices.create({ currency: "sek", product: "prod_nobody", unit_amount: 1 }));
    },
  },
];
