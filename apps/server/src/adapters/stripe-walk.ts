import type { StripePort } from "@liveassist/api";
import type Stripe from "stripe";
import { call } from "./stripe-call.ts";
import { toSubscription } from "./stripe-snapshots.ts";

/** The most Stripe gives at once (stripe-facts §7). */
const PAGE = 100;

const after = (cursor: string | null): { starting_after?: string } =>
  cursor === null ? {} : { starting_after: cursor };

const nextOf = ({ has_more, data }: { has_more: boolean; data: readonly { id: string }[] }): string | null =>
  has_more ? (data.at(-1)?.id ?? null) : null;

/** The account-wide lists, a page at a time, for the reconciler (requirements R21). */
export function createWalk(stripe: Stripe): Pick<StripePort, "pageOfSubscriptions" | "pageOfEvents"> {
  return {
    pageOfSubscriptions: async (cursor) => {
      const page = await call(() =>
        stripe.subscriptions.list({ status: "all", limit: PAGE, ...after(cursor) }),
      );
      return { subscriptions: page.data.map(toSubscription), next: nextOf(page) };
    },
    pageOfEvents: async (since, cursor) => {
      const created = { gte: Math.floor(since / 1000) };
      const page = await call(() => stripe.events.list({ created, limit: PAGE, ...after(cursor) }));
      return { bodies: page.data.map((event) => JSON.stringify(event)), next: nextOf(page) };
    },
  };
}
