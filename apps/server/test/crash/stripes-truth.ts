import type Stripe from "stripe";

/** What the user's row must say, worked out from Stripe's own objects by a second hand: none of the product's rules. */
export interface Truth {
  readonly subscription_status: "free" | "trial" | "paid";
  readonly stripe_status: string;
  /** ISO; null while free. */
  readonly subscription_expiry: string | null;
  readonly xp: number;
}

const GRACE_SECONDS = 7 * 86_400;
const RANK = { free: 0, trial: 1, paid: 2 } as const;

interface Verdict {
  readonly plan: Truth["subscription_status"];
  readonly end: number | null;
}

/** Asks Stripe about all of a user's customers. `now` in milliseconds. */
export async function stripesTruth(
  stripe: Stripe,
  customers: readonly string[],
  now: number,
): Promise<Truth> {
  const found: { one: Stripe.Subscription; verdict: Verdict }[] = [];
  let xp = 0;
  for (const customer of customers) {
    const [list, invoices] = await Promise.all([
      subscriptionsOf(stripe, customer),
      stripe.invoices.list({ customer, limit: 100 }).then(({ data }) => data),
    ]);
    if (invoices.some((invoice) => invoice.status === "paid" && invoice.amount_paid > 0)) xp = 250;
    for (const one of list) found.push({ one, verdict: judge(one, invoices, now / 1000) });
  }
  const isOver = (status: string): number => Number(status === "canceled" || status === "incomplete_expired");
  found.sort(
    (a, b) =>
      RANK[b.verdict.plan] - RANK[a.verdict.plan] ||
      isOver(a.one.status) - isOver(b.one.status) ||
      b.one.created - a.one.created,
  );
  const best = found[0];
  const end = best?.verdict.end ?? null;
  return {
    subscription_status: best?.verdict.plan ?? "free",
    stripe_status: best?.one.status ?? "none",
    subscription_expiry: end === null ? null : new Date(end * 1000).toISOString(),
    xp,
  };
}

async function subscriptionsOf(stripe: Stripe, customer: string): Promise<Stripe.Subscription[]> {
  return (await stripe.subscriptions.list({ customer, status: "all", limit: 100 })).data;
}

function judge(one: Stripe.Subscription, invoices: readonly Stripe.Invoice[], now: number): Verdict {
  if (one.status === "trialing") return { plan: "trial", end: one.trial_end };
  if (one.status === "active") {
    return { plan: "paid", end: Math.max(...one.items.data.map((item) => item.current_period_end)) };
  }
  if (one.status !== "past_due") return { plan: "free", end: null };
  const own = invoices.filter(
    (invoice) => String(invoice.parent?.subscription_details?.subscription) === one.id,
  );
  const oldest = Math.min(...own.filter(({ status }) => status === "open").map(({ created }) => created));
  const end = oldest + GRACE_SECONDS;
  const paidOnce = own.some(({ status, amount_paid }) => status === "paid" && amount_paid > 0);
  return paidOnce && now < end ? { plan: "paid", end } : { plan: "free", end: null };
}
