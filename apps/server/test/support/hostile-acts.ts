import { DAY_S, type HostileAccount, type Subscription } from "./hostile-account.ts";
import { newId, seconds } from "./hostile-stripe.ts";

type Act = (account: HostileAccount, subscription: Subscription) => void;

const isIn =
  (...statuses: string[]) =>
  (subscription: Subscription): boolean =>
    statuses.includes(subscription.status);
const GONE = { ended_at: null as number | null };

function end(account: HostileAccount, subscription: Subscription): void {
  const gone = { ...GONE, status: "canceled", ended_at: seconds() };
  account.change(subscription, gone, ["customer.subscription.deleted"]);
}

function fall(account: HostileAccount, subscription: Subscription, age: number): void {
  const invoice = account.bill(subscription, 3900, { status: "open", age });
  account.tell("invoice.payment_failed", invoice);
  if (account.draws.chance(0.3)) account.tell("invoice.payment_action_required", invoice);
  account.change(subscription, { status: "past_due" });
}

/** What can happen to a subscription, and when it can; each leaves Stripe in a state that Stripe can be in. */
export const ACTS: Record<
  string,
  { readonly when: (subscription: Subscription) => boolean; readonly act: Act }
> = {
  "trial ends, draft": {
    when: isIn("trialing"),
    act: (account, subscription) => {
      account.change(subscription, {
        status: "active",
        trial_end: seconds(),
        ...account.periodFrom(subscription),
      });
      account.bill(subscription, 3900, { status: "draft" });
    },
  },
  "trial will end": {
    when: isIn("trialing"),
    act: (account, one) => account.tell("customer.subscription.trial_will_end", one),
  },
  "draft is paid": {
    when: isIn("active"),
    act: (account, subscription) => {
      const draft = account.invoicesOf(subscription).find((invoice) => invoice["status"] === "draft");
      if (draft) account.settle(draft);
    },
  },
  renewal: {
    when: isIn("active"),
    act: (account, subscription) => {
      account.change(subscription, account.periodFrom(subscription));
      account.bill(subscription, 3900);
    },
  },
  "payment fails": { when: isIn("active"), act: (account, one) => fall(account, one, 60) },
  "payment failed long ago": { when: isIn("active"), act: (account, one) => fall(account, one, 8 * DAY_S) },
  recovery: {
    when: isIn("past_due", "unpaid"),
    act: (account, subscription) => {
      for (const invoice of account.invoicesOf(subscription))
        if (invoice["status"] === "open") account.settle(invoice);
      account.change(subscription, { status: "active" });
    },
  },
  unpaid: { when: isIn("past_due"), act: (account, one) => account.change(one, { status: "unpaid" }) },
  "given up": { when: isIn("past_due", "unpaid"), act: end },
  pause: {
    when: isIn("active", "trialing"),
    act: (account, one) =>
      account.change(one, { status: "paused" }, [
        "customer.subscription.updated",
        "customer.subscription.paused",
      ]),
  },
  resume: {
    when: isIn("paused"),
    act: (account, one) =>
      account.change(one, { status: "active", ...account.periodFrom(one) }, [
        "customer.subscription.updated",
        "customer.subscription.resumed",
      ]),
  },
  "scheduled cancel": {
    when: isIn("active", "trialing"),
    act: (account, one) =>
      account.change(one, {
        cancel_at_period_end: true,
        cancel_at: one.items.data[0]?.["current_period_end"],
      }),
  },
  "scheduled in the portal": {
    when: isIn("active", "trialing"),
    act: (account, one) => account.change(one, { cancel_at: seconds() + 3 * DAY_S }),
  },
  "kept after all": {
    when: (one) => isIn("active", "trialing")(one) && one["cancel_at"] !== null,
    act: (account, one) => account.change(one, { cancel_at: null, cancel_at_period_end: false }),
  },
  "ended at once": { when: isIn("active", "trialing", "past_due", "paused"), act: end },
  refund: {
    when: isIn("active"),
    act: (account, { customer }) =>
      account.tell("charge.refunded", { id: newId("ch"), object: "charge", customer, amount_refunded: 3900 }),
  },
  "price matched by its product only": {
    when: isIn("active"),
    act: (account, subscription) => {
      const data = subscription.items.data.map((item) => ({
        ...item,
        price: { ...(item["price"] as object), id: newId("price"), unit_amount: 4900 },
      }));
      account.change(subscription, { items: { object: "list", data } });
    },
  },
  "paid at last": {
    when: isIn("incomplete"),
    act: (account, subscription) => {
      account.bill(subscription, 3900);
      account.change(subscription, { status: "active" });
    },
  },
  "never paid": {
    when: isIn("incomplete"),
    act: (account, one) => account.change(one, { status: "incomplete_expired", ended_at: seconds() }),
  },
  "customer deleted": {
    when: (one) => isIn("active", "trialing", "past_due")(one),
    act: (account, { customer }) => {
      const stored = account.stripe.get(customer);
      for (const one of account.subscriptions())
        if (one.customer === customer && !isIn("canceled", "incomplete_expired")(one)) end(account, one);
      account.tell("customer.deleted", stored);
      Object.assign(stored, { deleted: true, metadata: undefined, email: undefined });
    },
  },
};

/** Something that may happen to this account now; null: nothing can. */
export function drawAct(account: HostileAccount): { readonly name: string; readonly act: () => void } | null {
  const possible = account.subscriptions().flatMap((subscription) =>
    Object.entries(ACTS)
      .filter(([, { when }]) => when(subscription))
      .map(([name, { act }]) => ({ name, act: () => act(account, subscription) })),
  );
  return possible.length === 0 ? null : account.draws.pick(possible);
}

/** Beside what was bought: a subscription of another product, or one made by hand for a customer of its own. */
export function drawSale(account: HostileAccount): string {
  const [ours] = account.stripe.all("price");
  if (!ours) throw new Error("the server has made no price yet");
  const metadata = { userId: account.userId };
  const owner = account.customers[0];
  if (owner !== undefined && account.stripe.get(owner)["deleted"] !== true && account.draws.chance(0.4)) {
    const price = { ...ours, id: newId("price"), product: newId("prod"), lookup_key: null };
    account.bill(account.sell({ customer: owner, status: "active", price }), 9900);
    return "another product";
  }
  const { id } = account.stripe.put({ id: newId("cus"), object: "customer", metadata });
  account.customers.push(id);
  const status = account.draws.pick(["active", "incomplete"]);
  const subscription = account.sell({ customer: id, status, price: ours, metadata });
  if (status === "active") account.bill(subscription, 3900);
  return "a customer made by hand";
}
