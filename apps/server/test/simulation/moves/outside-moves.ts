import Stripe from "stripe";
import { pick } from "../seeded-draws.ts";
import type { Stage } from "../stage.ts";
import type { Move, MoveKind, MoveKinds } from "./move.ts";
import { liveSubscriptions } from "./page-moves.ts";

const outsideMove = (
  weight: number,
  can: (stage: Stage) => boolean,
  work: (stage: Stage, move: Move) => Promise<string | null>,
): MoveKind<Stage> => ({
  weight,
  can,
  async make(stage, move) {
    stage.stripeMoved = true;
    try {
      const told = await work(stage, move);
      if (told !== null) stage.tell(told);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      stage.tell(`(Stripe refuses: ${error.message})`);
      stage.figures.add("outside: refused by Stripe");
    }
  },
});

const paidCharges = (stage: Stage) =>
  stage.core.store.all("charges").filter(({ status, refunded }) => status === "succeeded" && !refunded);
const disputes = (stage: Stage) =>
  stage.core.store.all("disputes").filter(({ status }) => status !== "won" && status !== "lost");
const anyLive = (stage: Stage): boolean => liveSubscriptions(stage).length > 0;
const living = (stage: Stage) => stage.core.store.all("customers").filter(({ deleted }) => deleted !== true);

async function otherCustomer(stage: Stage, move: Move): Promise<string | null> {
  const person = pick(stage.people, move.a);
  if (!person) return null;
  const other = stage.people.find((one) => one !== person);
  const kind = move.b < 0.5 || !other ? "own" : move.b < 0.75 ? "contradicting" : "nobody's";
  const name = kind === "nobody's" ? null : person.id;
  const { customers, subscriptions } = stage.outside;
  const customer = await customers.create({
    email: `${person.id}@example.com`,
    payment_method: "pm_card_visa",
    ...(name ? { metadata: { userId: name } } : {}),
  });
  stage.owners.set(customer.id, kind === "own" ? person.id : null);
  const [method] = stage.core.store.where("paymentMethods", "customer", customer.id);
  await subscriptions.create({
    customer: customer.id,
    items: [{ price: stage.offer.priceId }],
    ...(method ? { default_payment_method: method.id } : {}),
    ...(move.c < 0.3 ? { trial_period_days: 5 } : {}),
    ...(kind === "contradicting" && other ? { metadata: { userId: other.id } } : {}),
  });
  stage.figures.add(`outside: second customer, ${kind}`);
  return `Support makes a second customer with a subscription, ${kind} ${kind === "own" ? `(${person.name})` : ""}.`;
}

async function foreignSubscription(stage: Stage, move: Move): Promise<string | null> {
  const customer = pick(living(stage), move.a);
  if (!customer) return null;
  // Only a binding that stands can be contradicted: before it, nobody may be bound.
  const isBound = stage.state.rows?.customers.some((row) => row.customer_id === customer.id) ?? false;
  const other = stage.people.find(({ id }) => id !== stage.owners.get(customer.id));
  const method = await stage.outside.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stage.outside.subscriptions.create({
    customer: customer.id,
    items: [{ price: stage.offer.foreignPriceId }],
    default_payment_method: method.id,
    ...(isBound && other ? { metadata: { userId: other.id } } : {}),
  });
  if (isBound && other) stage.figures.add("outside: a bound customer's subscription names another user");
  return `Support sells another product to ${customer.id}${isBound && other ? `, in the name of ${other.name}` : ""}.`;
}

async function changePrice(stage: Stage, move: Move): Promise<string | null> {
  const subscription = pick(liveSubscriptions(stage), move.a);
  const [item] = subscription?.items.data ?? [];
  if (!subscription || !item) return null;
  const { priceId, otherPriceId, foreignPriceId } = stage.offer;
  const price = pick([otherPriceId, otherPriceId, priceId, foreignPriceId], move.b);
  if (!price) return null;
  await stage.outside.subscriptions.update(subscription.id, { items: [{ id: item.id, price }] });
  const kind = price === foreignPriceId ? "another product" : "another price";
  return `Support moves ${subscription.id} to ${kind}.`;
}

/** What support, banks and dashboards do at Stripe behind our back. */
export const OUTSIDE_MOVES: MoveKinds<Stage> = {
  "outside: refund": outsideMove(
    0.4,
    (stage) => paidCharges(stage).length > 0,
    async (stage, move) => {
      const charge = pick(paidCharges(stage), move.a);
      if (!charge) return null;
      const left = charge.amount - charge.amount_refunded;
      const part = move.b < 0.5 && left > 1 ? { amount: Math.ceil(left / 2) } : {};
      await stage.outside.refunds.create({ charge: charge.id, ...part });
      return `Support refunds ${"amount" in part ? "half of" : "all of"} ${charge.id}.`;
    },
  ),
  "outside: dispute": outsideMove(
    0.2,
    (stage) => paidCharges(stage).some(({ disputed }) => !disputed),
    async (stage, move) => {
      const charge = pick(
        paidCharges(stage).filter(({ disputed }) => !disputed),
        move.a,
      );
      if (charge) stage.core.people.dispute(charge.id);
      return `The bank disputes ${charge?.id}.`;
    },
  ),
  "outside: dispute closes": outsideMove(
    0.3,
    (stage) => disputes(stage).length > 0,
    async (stage, move) => {
      const dispute = pick(disputes(stage), move.a);
      const outcome = move.b < 0.5 ? "won" : "lost";
      if (dispute) stage.core.people.closeDispute(dispute.id, outcome);
      return `A dispute is ${outcome}.`;
    },
  ),
  "outside: pauses": outsideMove(0.3, anyLive, async (stage, move) => {
    const id = pick(liveSubscriptions(stage), move.a)?.id;
    await stage.outside.rawRequest("POST", `/v1/subscriptions/${id}/pause`, { type: "subscription" });
    return `Support pauses ${id}.`;
  }),
  "outside: ends a pause": outsideMove(
    0.5,
    (stage) => liveSubscriptions(stage).some(({ status }) => status === "paused"),
    async (stage, move) => {
      const id = pick(
        liveSubscriptions(stage).filter(({ status }) => status === "paused"),
        move.a,
      )?.id;
      await stage.outside.rawRequest("POST", `/v1/subscriptions/${id}/resume`, {});
      return `Support ends the pause of ${id}.`;
    },
  ),
  "outside: deletes a customer": outsideMove(
    0.12,
    (stage) => living(stage).length > 0,
    async (stage, move) => {
      const id = pick(living(stage), move.a)?.id;
      if (id) await stage.outside.customers.del(id);
      // The half of a contradiction that stood on the customer itself is gone with it: then the other half decides.
      if (id && stage.owners.get(id) === null) stage.unclear.add(id);
      return `Support deletes customer ${id}.`;
    },
  ),
  "outside: second customer": outsideMove(0.4, (stage) => stage.people.length > 0, otherCustomer),
  "outside: another product": outsideMove(0.4, (stage) => living(stage).length > 0, foreignSubscription),
  "outside: price change": outsideMove(0.3, anyLive, changePrice),
};
