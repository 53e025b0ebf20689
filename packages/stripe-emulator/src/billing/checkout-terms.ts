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

const MONTH = { interval: "month", interval_count: 1 };

/** The terms of a session as of now. A trial counts from completion, not from the session's creation. */
export function checkoutTerms(
  world: World,
  session: Stripe.Checkout.Session,
  plan: CheckoutPlan,
): CheckoutTerms {
  const all = plan.items.flatMap(({ price: id, quantity }) => {
    const price = world.store.get("prices", id);
    return price === undefined ? [] : [{ price, quantity }];
  });
  const mode = session.mode as CheckoutTerms["mode"];
  const isSubscription = mode === "subscription";
  const items = isSubscription ? all.filter(({ price }) => price.recurring !== null) : all;
  const once = isSubscription ? all.filter(({ price }) => price.recurring === null) : [];
  const { trialDays, trialEnd: fixedEnd } = plan.subscription;
  const trialEnd = fixedEnd ?? (trialDays === null ? null : world.now() + trialDays * DAY);
  const fullPrice = isSubscription ? sumOf(items) : 0;
  const subtotal = sumOf(once) + (trialEnd === null ? sumOf(items) : 0);
  const wish = plan.discount;
  const ask = (free: (price: Stripe.Price) => boolean) =>
    quoteOfSession(world, session, {
      wish,
      lines: all.map((item) => ({
        amount: free(item.price) ? 0 : costOf(item),
        product: String(item.price.product),
      })),
      least: sumOf(all),
    });
  const quote = ask((price) => isSubscription && trialEnd !== null && price.recurring !== null);
  const later = isSubscription && items[0] ? ask((price) => price.recurring === null) : null;
  const next = trialEnd ?? addIntervals(world.now(), items[0] ? intervalOf(items[0].price) : MONTH, 1);
  const at = { next, isUsed: (quote?.amountOff ?? 0) > 0 };
  const offLater = later !== null && countsForNext(world, later.coupon, at) ? later.amountOff : 0;
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
    discount: quote && {
      code: quote.promotionCode?.code ?? null,
      name: quote.coupon.name ?? quote.promotionCode?.code ?? quote.coupon.id,
      amount: quote.amountOff,
      text: couponText(quote.coupon),
      coupon: quote.coupon,
      ofLines: quote.linesOff,
      quote,
    },
    dueToday,
    recurring: fullPrice - offLater,
    fullPrice,
    // What costs nothing is ordered without a card in payment mode (docs.stripe.com/payments/checkout/no-cost-orders).
    needsCard:
      mode === "setup" ||
      dueToday > 0 ||
      (isSubscription && session.payment_method_collection !== "if_required"),
  };
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
