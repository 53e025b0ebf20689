import type Stripe from "stripe";

/** What is sold at Stripe: our price, another price of our product, and one of another product. */
export interface Shop {
  readonly priceId: string;
  readonly productId: string;
  readonly otherPriceId: string;
  readonly foreignPriceId: string;
}

/** Puts the goods on Stripe's shelf before anybody comes. */
export async function openShop({ prices, products }: Stripe): Promise<Shop> {
  const product = await products.create({ name: "LiveAssist Permission" });
  const make = (more: Partial<Stripe.PriceCreateParams>) =>
    prices.create({
      currency: "sek",
      recurring: { interval: "month" },
      product: product.id,
      unit_amount: 3900,
      ...more,
    });
  const price = await make({ lookup_key: "liveassist_monthly" });
  const other = await make({ unit_amount: 4900 });
  const foreignProduct = await products.create({ name: "Another product" });
  const foreign = await make({ product: foreignProduct.id, unit_amount: 9900 });
  return { priceId: price.id, productId: product.id, otherPriceId: other.id, foreignPriceId: foreign.id };
}
