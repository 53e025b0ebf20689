import { DAY_S, type HostileAccount, type Subscription } from "./hostile-account.ts";
import { type Json, seconds } from "./hostile-stripe.ts";

/** What the contract promises a user, read off Stripe by rules written down a second time (requirements R8–R10). */
export interface Truth {
  readonly subscription_status: "free" | "trial" | "paid";
  readonly subscription_expiry: string | null;
  /** Not told where the contract leaves open which of several subscriptions speaks. */
  readonly stripe_status?: string;
  readonly cancel_at?: string | null;
  /** Not told when it was paid, but Stripe keeps no record of it that could be asked for. */
  readonly xp?: 0 | 250;
}

const RANK = { free: 0, trial: 1, paid: 2 };
const iso = (at: unknown): string | null =>
  typeof at === "number" ? new Date(at * 1000).toISOString() : null;

export function truthOf(account: HostileAccount): Truth {
  const product = account.stripe.all("price", { lookup_key: "liveassist_monthly" })[0]?.["product"];
  const ours = account
    .subscriptions()
    .filter((one) => one.items.data.some((item) => (item["price"] as Json)["product"] === product));
  const judged = ours.map((one) => ({ one, ...verdictOn(account, one) }));
  const top = Math.max(0, ...judged.map(({ plan }) => RANK[plan]));
  const best = judged.filter(({ plan }) => RANK[plan] === top);
  const last = best.toSorted((a, b) => b.end - a.end)[0];
  const isAlone = best.length === 1;
  const isForgotten = (one: Subscription) =>
    account.stripe.dialect.forgetsDeleted && account.stripe.get(one.customer)["deleted"] === true;
  const payers = ours.filter((one) => hasPaid(account, one));
  const isForgottenPayer = payers.length > 0 && payers.every(isForgotten);
  const speaks = isAlone && last && !isForgotten(last.one) ? last.one : null;
  return {
    subscription_status: last?.plan ?? "free",
    subscription_expiry: last && last.plan !== "free" ? iso(last.end) : null,
    ...(ours.length === 0 ? { stripe_status: "none", cancel_at: null } : {}),
    ...(speaks
      ? { stripe_status: speaks.status, cancel_at: isOver(speaks) ? null : iso(speaks["cancel_at"]) }
      : {}),
    ...(isForgottenPayer ? {} : { xp: payers.length > 0 ? 250 : 0 }),
  };
}

const isOver = ({ status }: Subscription): boolean =>
  status === "canceled" || status === "incomplete_expired";

const hasPaid = (account: HostileAccount, subscription: Subscription): boolean =>
  account.invoicesOf(subscription).some((one) => one["status"] === "paid" && Number(one["amount_paid"]) > 0);

function verdictOn(account: HostileAccount, one: Subscription): { plan: keyof typeof RANK; end: number } {
  const period = Number(one.items.data[0]?.["current_period_end"]);
  if (one.status === "trialing") return { plan: "trial", end: Number(one["trial_end"]) };
  if (one.status === "active") return { plan: "paid", end: period };
  if (one.status !== "past_due" || !hasPaid(account, one)) return { plan: "free", end: 0 };
  const open = account.invoicesOf(one).filter((invoice) => invoice["status"] === "open");
  const end = Math.min(...open.map((invoice) => Number(invoice["created"]))) + 7 * DAY_S;
  return seconds() < end ? { plan: "paid", end } : { plan: "free", end: 0 };
}
