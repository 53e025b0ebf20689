import Stripe from "stripe";
import type { Life } from "../life.ts";
import { pick } from "../seeded-draws.ts";
import type { Move, MoveKind, MoveKinds } from "./move.ts";
import { liveSubscriptions } from "./page-moves.ts";

const outsideMove = (
  weight: number,
  can: (life: Life) => boolean,
  work: (life: Life, move: Move) => Promise<string | null>,
): MoveKind => ({
  weight,
  can,
  async make(life, move) {
    life.stripeMoved = true;
    try {
      const told = await work(life, move);
      if (told !== null) life.tell(told);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      life.tell(`(Stripe refuses: ${error.message})`);
      life.figures.add("outside: refused by Stripe");
    }
  },
});

const paidCharges = (life: Life) =>
  life.core.store.all("charges").filter(({ status, refunded }) => status === "succeeded" && !refunded);
const disputes = (life: Life) =>
  life.core.store.all("disputes").filter(({ status }) => status !== "won" && status !== "lost");
const anyLive = (life: Life): boolean => liveSubscriptions(life).length > 0;
const living = (life: Life) => life.core.store.all("customers").filter(({ deleted }) => deleted !== true);

async function otherCustomer(life: Life, move: Move): Promise<string | null> {
  const person = pick(life.people, move.a);
  if (!person) return null;
  const other = life.people.find((one) => one !== person);
  const kind = move.b < 0.5 || !other ? "own" : move.b < 0.75 ? "contradicting" : "nobody's";
  const name = kind === "nobody's" ? null : person.id;
  const { customers, subscriptions } = life.outside;
  const customer = await customers.create({
    email: `${person.id}@example.com`,
    payment_method: "pm_card_visa",
    ...(name ? { metadata: { userId: name } } : {}),
  });
  life.owners.set(customer.id, kind === "own" ? person.id : null);
  const [method] = life.core.store.where("paymentMethods", "customer", customer.id);
  await subscriptions.create({
    customer: customer.id,
    items: [{ price: life.offer.priceId }],
    ...(method ? { default_payment_method: method.id } : {}),
    ...(move.c < 0.3 ? { trial_period_days: 5 } : {}),
    ...(kind === "contradicting" && other ? { metadata: { userId: other.id } } : {}),
  });
  life.figures.add(`outside: second customer, ${kind}`);
  return `Support makes a second customer with a subscription, ${kind} ${kind === "own" ? `(${person.name})` : ""}.`;
}

async function foreignSubscription(life: Life, move: Move): Promise<string | null> {
  const customer = pick(living(life), move.a);
  if (!customer) return null;
  const method = await life.outside.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await life.outside.subscriptions.create({
    customer: customer.id,
    items: [{ price: life.offer.foreignPriceId }],
    default_payment_method: method.id,
  });
  return `Support sells another product to ${customer.id}.`;
}

async function changePrice(life: Life, move: Move): Promise<string | null> {
  const subscription = pick(liveSubscriptions(life), move.a);
  const [item] = subscription?.items.data ?? [];
  if (!subscription || !item) return null;
  const { priceId, otherPriceId, foreignPriceId } = life.offer;
  const price = pick([otherPriceId, otherPriceId, priceId, foreignPriceId], move.b);
  if (!price) return null;
  await life.outside.subscriptions.update(subscription.id, { items: [{ id: item.id, price }] });
  const kind = price === foreignPriceId ? "another product" : "another price";
  return `Support moves ${subscription.id} to ${kind}.`;
}

/** What support, banks and dashboards do at Stripe behind our back. */
export const OUTSIDE_MOVES: MoveKinds = {
  "outside: refund": outsideMove(
    0.4,
    (life) => paidCharges(life).length > 0,
    async (life, move) => {
      const charge = pick(paidCharges(life), move.a);
      if (!charge) return null;
      const left = charge.amount - charge.amount_refunded;
      const part = move.b < 0.5 && left > 1 ? { amount: Math.ceil(left / 2) } : {};
      await life.outside.refunds.create({ charge: charge.id, ...part });
      return `Support refunds ${"amount" in part ? "half of" : "all of"} ${charge.id}.`;
    },
  ),
  "outside: dispute": outsideMove(
    0.2,
    (life) => paidCharges(life).some(({ disputed }) => !disputed),
    async (life, move) => {
      const charge = pick(
        paidCharges(life).filter(({ disputed }) => !disputed),
        move.a,
      );
      if (charge) life.core.people.dispute(charge.id);
      return `The bank disputes ${charge?.id}.`;
    },
  ),
  "outside: dispute closes": outsideMove(
    0.3,
    (life) => disputes(life).length > 0,
    async (life, move) => {
      const dispute = pick(disputes(life), move.a);
      const outcome = move.b < 0.5 ? "won" : "lost";
      if (dispute) life.core.people.closeDispute(dispute.id, outcome);
      return `A dispute is ${outcome}.`;
    },
  ),
  "outside: pauses": outsideMove(0.3, anyLive, async (life, move) => {
    const id = pick(liveSubscriptions(life), move.a)?.id;
    await life.outside.rawRequest("POST", `/v1/subscriptions/${id}/pause`, { type: "subscription" });
    return `Support pauses ${id}.`;
  }),
  "outside: ends a pause": outsideMove(
    0.5,
    (life) => liveSubscriptions(life).some(({ status }) => status === "paused"),
    async (life, move) => {
      const id = pick(
        liveSubscriptions(life).filter(({ status }) => status === "paused"),
        move.a,
      )?.id;
      await life.outside.rawRequest("POST", `/v1/subscriptions/${id}/resume`, {});
      return `Support ends the pause of ${id}.`;
    },
  ),
  "outside: deletes a customer": outsideMove(
    0.12,
    (life) => living(life).length > 0,
    async (life, move) => {
      const id = pick(living(life), move.a)?.id;
      if (id) await life.outside.customers.del(id);
      // The half of a contradiction that stood on the customer itself is gone with it: then the other half decides.
      if (id && life.owners.get(id) === null) life.unclear.add(id);
      return `Support deletes customer ${id}.`;
    },
  ),
  "outside: second customer": outsideMove(0.2, (life) => life.people.length > 0, otherCustomer),
  "outside: another product": outsideMove(0.2, (life) => living(life).length > 0, foreignSubscription),
  "outside: price change": outsideMove(0.3, anyLive, changePrice),
};
