import { StripeError, type StripePort } from "@liveassist/api";
import Stripe from "stripe";
import { call } from "./stripe-call.ts";
import { toSubscription } from "./stripe-snapshots.ts";

/** The most Stripe gives at once (stripe-facts §7). */
const PAGE = 100;

const after = (cursor: string | null): { starting_after?: string } =>
  cursor === null ? {} : { starting_after: cursor };

const nextOf = ({ has_more, data }: { has_more: boolean; data: readonly { id: string }[] }): string | null =>
  has_more ? (data.at(-1)?.id ?? null) : null;

/**
 * Runs a call for a page. Here a cursor that vanished is a refusal (the list has to be begun anew: asking for the same page
 * again would never help), and so is 501: this Stripe has no such list.
 */
async function page<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await call(work);
  } catch (error) {
    const cause = error instanceof StripeError ? error.cause : null;
    const isRefusal =
      cause instanceof Stripe.errors.StripeError &&
      (cause.statusCode === 501 || cause.param === "starting_after");
    throw isRefusal ? new StripeError("rejected", cause.message, cause) : error;
  }
}

/** The account-wide lists, a page at a time, for the reconciler (requirements R21). */
export function createWalk(stripe: Stripe): Pick<StripePort, "pageOfSubscriptions" | "pageOfEvents"> {
  return {
    pageOfSubscriptions: async (cursor) => {
      const list = await page(() =>
        stripe.subscriptions.list({ status: "all", limit: PAGE, ...after(cursor) }),
      );
      return { subscriptions: list.data.map(toSubscription), next: nextOf(list) };
    },
    pageOfEvents: async (since, cursor) => {
      const created = { gte: Math.floor(since / 1000) };
      const list = await page(() => stripe.events.list({ created, limit: PAGE, ...after(cursor) }));
      return { bodies: list.data.map((event) => JSON.stringify(event)), next: nextOf(list) };
    },
  };
}
