import fc from "fast-check";
import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { randomSource } from "../ids.ts";
import { buildCoupon, type CouponInput } from "../objects/coupon.ts";
import { buildManualItem, lineOfItem } from "../objects/invoice-item.ts";
import { buildPrice } from "../objects/product.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { Store } from "../store/store.ts";
import { takeOff } from "./discount-amounts.ts";
import { discountLines } from "./discount-lines.ts";
import { giveDiscount, quoteDiscount } from "./discounts.ts";
import { World } from "./world.ts";

type Line = { amount: number; product: string; discountable: boolean };
type Off = { percent: number } | { amount: number };
type Given = { off: Off; products: string[] | null; ofLine: number | null };

function newWorld(): World {
  return new World(new Store(), () => Date.UTC(2026, 0, 31), {
    settings: DEFAULT_SETTINGS,
    random: randomSource(3),
  });
}

/** Redeems a coupon; the id of its discount. */
function give(world: World, { off, products }: Pick<Given, "off" | "products">): string {
  const input: CouponInput = {
    id: null,
    off: "percent" in off ? off : { ...off, currency: "sek" },
    duration: "forever",
    months: null,
    maxRedemptions: null,
    redeemBy: null,
    name: null,
    metadata: {},
  };
  const coupon = world.store.put("coupons", buildCoupon(world, input));
  world.store.put("couponTerms", { id: coupon.id, products, currencies: null });
  const at = { amount: 0, currency: "sek", customer: null, param: "discounts[0]" };
  return giveDiscount(world, quoteDiscount(world, { coupon: coupon.id }, at), { customer: null }).id;
}

function lineOf(world: World, { amount, product, discountable }: Line): Stripe.InvoiceLineItem {
  const price = buildPrice(world, {
    product,
    currency: "sek",
    unit_amount: amount,
    recurring: null,
    metadata: {},
  });
  const item = buildManualItem(world, {
    customer: "cus_1",
    subscription: null,
    amount,
    currency: "sek",
    price,
    quantity: 1,
    description: null,
    discountable,
    metadata: {},
    period: null,
  });
  return lineOfItem(world, "in_1", item);
}

/** The discounts applied to the lines: those of a line by itself, the others to all. */
function applied(lines: Line[], given: Given[]) {
  const world = newWorld();
  const ids = given.map((row) => give(world, row));
  const rows = lines.map((line, place) => ({
    ...lineOf(world, line),
    discounts: ids.filter((_, index) => given[index]?.ofLine === place),
  }));
  const whole = ids.filter((_, index) => (given[index]?.ofLine ?? null) === null);
  return { ids, ...discountLines(world, rows, whole) };
}

const takenOff = (line: Stripe.InvoiceLineItem) =>
  (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);

const PRODUCTS = ["prod_a", "prod_b", "prod_c"];
const line = fc.record({
  amount: fc.integer({ min: -99_999_999, max: 99_999_999 }),
  product: fc.constantFrom(...PRODUCTS),
  discountable: fc.boolean(),
});
const off: fc.Arbitrary<Off> = fc.oneof(
  fc.record({ percent: fc.integer({ min: 1, max: 10_000 }).map((hundredth) => hundredth / 100) }),
  fc.record({ amount: fc.integer({ min: 1, max: 99_999_999 }) }),
);
const discount: fc.Arbitrary<Given> = fc.record({
  off,
  products: fc.option(fc.subarray(PRODUCTS)),
  ofLine: fc.option(fc.integer({ min: 0, max: 7 })),
});
const lines = fc.array(line, { maxLength: 8 });
const discounts = fc.array(discount, { maxLength: 4 });

describe("discounts on the lines of an invoice", () => {
  it("add up: over lines to each discount, over discounts to what is missing from the total", () => {
    fc.assert(
      fc.property(lines, discounts, (rows, given) => {
        const { total_discount_amounts: sums, ...invoice } = applied(rows, given);
        const all = invoice.lines.reduce((sum, { amount }) => sum + amount, 0);
        const off = sums.reduce((sum, { amount }) => sum + amount, 0);
        expect(invoice.lines.reduce((sum, each) => sum + takenOff(each), 0)).toBe(off);
        expect(invoice.total).toBe(all - off);
        const ofLines = new Set(invoice.lines.flatMap((each) => each.discounts));
        const ofWhole = sums.filter(({ discount }) => !ofLines.has(discount as string));
        expect(invoice.total).toBe(invoice.subtotal - ofWhole.reduce((sum, { amount }) => sum + amount, 0));
      }),
    );
  });

  it("take off no more than there is, and nothing from what is not discountable", () => {
    fc.assert(
      fc.property(lines, discounts, (rows, given) => {
        const { lines: after, total } = applied(rows, given);
        for (const each of after) {
          expect(takenOff(each)).toBeLessThanOrEqual(each.discountable ? Math.max(0, each.amount) : 0);
          for (const { amount } of each.discount_amounts ?? []) expect(amount).toBeGreaterThanOrEqual(0);
        }
        if (rows.every(({ amount }) => amount >= 0)) expect(total).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("take off only from the products they are for", () => {
    fc.assert(
      fc.property(lines, discounts, (rows, given) => {
        const { lines: after, ids } = applied(rows, given);
        const products = new Map(ids.map((id, place) => [id, given[place]?.products ?? PRODUCTS]));
        for (const each of after)
          for (const { discount } of each.discount_amounts ?? [])
            expect(products.get(discount as string)).toContain(each.pricing?.price_details?.product);
      }),
    );
  });

  it("of a percentage are what one works out by hand, half up for each line", () => {
    const whole = fc.integer({ min: 1, max: 100 });
    const amounts = fc.array(fc.integer({ min: 0, max: 99_999_999 }), { maxLength: 8 });
    fc.assert(
      fc.property(amounts, whole, (rows, percent) => {
        const byHand = rows.map((amount) => Math.floor((amount * percent + 50) / 100));
        expect(takeOff({ percent }, rows)).toEqual(byHand);
      }),
    );
  });

  it("of an amount are shared out to the last öre, none a whole öre away from its share", () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 99_999_999 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 200_000_000 }), (rows, amount) => {
        const all = rows.reduce((sum, row) => sum + row, 0);
        const total = Math.min(amount, all);
        const parts = takeOff({ amount }, rows);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
        for (const [place, part] of parts.entries()) {
          const share = all === 0 ? 0 : ((rows[place] ?? 0) / all) * total;
          expect(Math.abs(part - share)).toBeLessThan(1.001);
          expect(part).toBeLessThanOrEqual(rows[place] ?? 0);
        }
      }),
    );
  });

  it("work on what those before them have left", () => {
    const rows = [{ amount: 999, product: "prod_a", discountable: true }];
    const none = { products: null, ofLine: null };
    const given = [
      { off: { percent: 12.5 }, ...none },
      { off: { amount: 500 }, ...none },
      { off: { percent: 50 }, ...none, ofLine: 0 },
    ];
    // Of the line: 499.5 → 500 off 999. Then 12.5 % of 499 = 62.375 → 62. Then all that is left: 437.
    const { lines: after, subtotal, total } = applied(rows, given);
    expect(after[0]?.discount_amounts?.map(({ amount }) => amount)).toEqual([500, 62, 437]);
    expect({ subtotal, total }).toEqual({ subtotal: 499, total: 0 });
  });

  it("of an amount leave a credit alone: they end where nothing is left to pay", () => {
    const rows = [
      { amount: 1000, product: "prod_a", discountable: true },
      { amount: -700, product: "prod_a", discountable: false },
    ];
    const { total } = applied(rows, [{ off: { amount: 900 }, products: null, ofLine: null }]);
    expect(total).toBe(0);
  });
});
