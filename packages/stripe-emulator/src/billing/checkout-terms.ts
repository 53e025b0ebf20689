import type Stripe from "stripe";
import { intervalOf } from "../objects/subscription.ts";
import type { CheckoutPlan } from "../store/tables.ts";
import { addIntervals, DAY } from "./calendar.ts";
import { countsForNext, couponText, quoteOfSession } from "./checkout-discount.ts";
import type { DiscountQuote } from "./discounts.ts";
import type { World } from "./world.ts";

type Item = { price: Stripe.Price; quantity: number };

/** One row of the order. */
export interface CheckoutLine extends Item {
  name: string;
  description: string | null;
  /** At full price, without discount and trial. */
  amount: number;
  /** Null: paid once. */
  recurring: { interval: string; interval_count: number } | null;
}

/** The discount of a session, as its page shows it. */
export interface CheckoutDiscount {
  /** What was typed; null when the shop gave the discount. */
  code: string | null;
  name: string;
  /** What it takes off today's amount; 0 during a trial. */
  amount: number;
  /** "20% off for 3 months". */
  text: string;
  coupon: Stripe.Coupon;
  /** What it takes off each line today, in the order of the lines. */
  ofLines: number[];
  /** As it would be redeemed now. */
  quote: DiscountQuote;
}

/** What completing a session now would mean; also what its page shows. Amounts are in the smallest unit. */
export interface CheckoutTerms {
  mode: "payment" | "setup" | "subscription";
  /** What is bought; in subscription mode what goes on, without what is paid once. */
  items: Item[];
  /** Prices for one time beside a subscription: on its first invoice. */
  once: Item[];
  lines: CheckoutLine[];
  currency: string;
  /** Null: no trial, paid at once. */
  trialEnd: number | null;
  trialDays: number | null;
  /** Due today without the discount. */
  subtotal: number;
  discount: CheckoutDiscount | null;
  dueToday: number;
  /** What the next period costs, with the discount while it lasts. */
  recurring: number;
  /** What each period costs without any discount; 0 when nothing recurs. */
  fullPrice: number;
  needsCard: boolean;
}

/** The terms of a session as of now. A trial counts from completion, not from the session's creation. */
export function checkoutTerms(
  world: World,
  session: Stripe.Checkout.Session,
  plan: CheckoutPlan,
): CheckoutTerms {
  const all = itemsOf(world, plan);
  const mode = session.mode as CheckoutTerms["mode"];
  const isSubscription = mode === "subscription";
  const items = isSubscription ? all.filter(({ price }) => price.recurring !== null) : all;
  const once = isSubscription ? all.filter(({ price }) => price.recurring === null) : [];
  const { trialDays, trialEnd: fixedEnd } = plan.subscription;
  const trialEnd = fixedEnd ?? (trialDays === null ? null : world.now() + trialDays * DAY);
  const fullPrice = isSubscription ? sumOf(items) : 0;
  const subtotal = sumOf(once) + (trialEnd === null ? sumOf(items) : 0);
  const isTrial = trialEnd !== null;
  const first = isSubscription ? items[0]?.price : undefined;
  const next = first && (trialEnd ?? addIntervals(world.now(), intervalOf(first), 1));
  const { quote, offNext } = discountOf(world, session, { wish: plan.discount, all, isTrial, next });
  const dueToday = subtotal - (quote?.amountOff ?? 0);
  return {
    mode,
    items,
    once,
    lines: all.map((item) => lineOf(world, item)),
    currency: session.currency ?? "usd",
    trialEnd,
    trialDays: trialEnd === null ? null : Math.round((trialEnd - world.now()) / DAY),
    subtotal,
    discount: quote && shownDiscount(quote),
    dueToday,
    recurring: fullPrice - offNext,
    fullPrice,
    // What costs nothing is ordered without a card in payment mode (docs.stripe.com/payments/checkout/no-cost-orders).
    needsCard:
      mode === "setup" ||
      dueToday > 0 ||
      (isSubscription && session.payment_method_collection !== "if_required"),
  };
}

/** What a session's discount takes off today, and off the next period; a trial costs nothing today. */
function discountOf(
  world: World,
  session: Stripe.Checkout.Session,
  at: { wish: CheckoutPlan["discount"]; all: Item[]; isTrial: boolean; next: number | undefined },
): { quote: DiscountQuote | null; offNext: number } {
  const { wish, all, isTrial, next } = at;
  const ask = (isFree: (price: Stripe.Price) => boolean) =>
    quoteOfSession(world, session, {
      wish,
      lines: all.map((item) => ({
        amount: isFree(item.price) ? 0 : costOf(item),
        product: String(item.price.product),
      })),
      least: sumOf(all),
    });
  const quote = ask((price) => isTrial && price.recurring !== null);
  const later = next === undefined ? null : ask((price) => price.recurring === null);
  if (quote === null || later === null || next === undefined) return { quote, offNext: 0 };
  const counts = countsForNext(world, later.coupon, { next, isUsed: quote.amountOff > 0 });
  return { quote, offNext: counts ? later.amountOff : 0 };
}

function shownDiscount(quote: DiscountQuote): CheckoutDiscount {
  const { coupon, promotionCode } = quote;
  return {
    code: promotionCode?.code ?? null,
    name: coupon.name ?? promotionCode?.code ?? coupon.id,
    amount: quote.amountOff,
    text: couponText(coupon),
    coupon,
    ofLines: quote.linesOff,
    quote,
  };
}

function itemsOf(world: World, plan: CheckoutPlan): Item[] {
  return plan.items.flatMap(({ price: id, quantity }) => {
    const price = world.store.get("prices", id);
    return price === undefined ? [] : [{ price, quantity }];
  });
}

function sumOf(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + costOf(item), 0);
}

function costOf({ price, quantity }: Item): number {
  return (price.unit_amount ?? 0) * quantity;
}

function lineOf(world: World, { price, quantity }: Item): CheckoutLine {
  const product = world.store.get("products", String(price.product));
  return {
    price,
    quantity,
    name: product?.name ?? String(price.product),
    description: product?.description ?? null,
    amount: costOf({ price, quantity }),
    recurring: price.recurring === null ? null : intervalOf(price),
  };
}
