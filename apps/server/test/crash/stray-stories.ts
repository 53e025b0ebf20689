import { setTimeout as pause } from "node:timers/promises";
import { checkQuiet } from "./check-quiet.ts";
import type { Lane } from "./lane.ts";
import { Person } from "./person.ts";
import { DAY, HOUR, MINUTE, type Story } from "./story.ts";

/** An event as Stripe would make it, about an object of the emulator's or of nobody's. */
function eventAbout(type: string, object: object, previous?: object): { id: string } {
  return {
    id: `evt_stray_${crypto.randomUUID().replaceAll("-", "")}`,
    object: "event",
    api_version: "2026-10-28.endive",
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    type,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    data: { object, ...(previous ? { previous_attributes: previous } : {}) },
  } as { id: string };
}

/** A customer nobody knows, objects Stripe denies, a dispute whose object names nobody. */
const strays: Story = {
  name: "strays",
  async tell(lane) {
    const person = await Person.signUp(lane, "Stray", { away: true });
    await person.buys(false);
    await checkQuiet(lane, [person]);
    const customer = person.customers[0] ?? "";
    const sendDoomed = (type: string, object: object): void =>
      lane.deliveries.send(eventAbout(type, object), { doomed: true });
    sendDoomed("invoice.paid", { id: "in_no", object: "invoice", customer: "cus_no" });
    sendDoomed("invoice.paid", { id: "in_no", object: "invoice", customer });
    const session = { id: "cs_test_no", object: "checkout.session", customer, mode: "subscription" };
    sendDoomed("checkout.session.completed", session);
    sendDoomed("charge.dispute.closed", { id: "dp_no", object: "dispute" });
    const gone = { id: "sub_no", object: "subscription", customer, status: "active" };
    sendDoomed("customer.subscription.updated", gone);
    lane.emulator.dispute(person.charge());
    await checkQuiet(lane, [person]);
    return [person];
  },
};

/** A customer made by hand that names the user, and later is deleted with its subscription. */
const second: Story = {
  name: "second customer",
  async tell(lane) {
    const person = await Person.signUp(lane, "Twice", { away: true });
    const { stripe } = lane;
    await person.buys(true);
    await checkQuiet(lane, [person]);
    const { id: customer } = await stripe.customers.create({ metadata: { userId: person.user.id } });
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    const price = (await stripe.prices.list({ lookup_keys: ["liveassist_monthly"] })).data[0]?.id ?? "";
    person.knows(customer);
    await stripe.subscriptions.cancel(person.subscriptionId);
    await stripe.subscriptions.create({ customer, items: [{ price }], default_payment_method: card.id });
    await checkQuiet(lane, [person]);
    await stripe.customers.del(customer);
    person.deleted.add(customer);
    await checkQuiet(lane, [person]);
    return [person];
  },
};

/** A checkout that is still open when a subscription comes from elsewhere must be closed. */
const obsolete: Story = {
  name: "obsolete checkout",
  async tell(lane) {
    const { stripe, emulator } = lane;
    const person = await Person.signUp(lane, "Open", { away: true });
    const sessionId = await person.opensCheckout(true);
    const customer = String((emulator.get(sessionId) as { customer?: unknown }).customer);
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    const price = (await stripe.prices.list({ lookup_keys: ["liveassist_monthly"] })).data[0]?.id ?? "";
    person.knows(customer);
    await stripe.subscriptions.create({ customer, items: [{ price }], default_payment_method: card.id });
    await checkQuiet(lane, [person]);
    return [person];
  },
};

/** So many calls of the API fail; a call of the product's makes two attempts. */
const FAILURES = 4;

/** Stripe's API fails when events come, and again when the trial ends. */
const away: Story = {
  name: "stripe away",
  async tell(lane) {
    const person = await Person.signUp(lane, "Away", { away: true });
    const sessionId = await person.opensCheckout(true);
    failLists(lane);
    await person.pays(sessionId);
    await allFailed(lane);
    await checkQuiet(lane, [person]);
    lane.deliveries.hold();
    failLists(lane);
    // Within the grace nobody falls back to free, and the sweep asks again each minute.
    await lane.pass(5 * DAY + HOUR / 2);
    await allFailed(lane);
    await lane.pass(2 * MINUTE);
    await checkQuiet(lane, [person]);
    lane.deliveries.release();
    await lane.pass(2 * HOUR);
    await checkQuiet(lane, [person]);
    return [person];
  },
};

const failLists = ({ emulator }: Lane): void =>
  emulator.chaos.set({ rules: [{ fault: "error", next: FAILURES, only: ["GET /v1/subscriptions"] }] });

/** Before we look ourselves: our own calls would use the failures up. A killed server may have no reason to ask again. */
async function allFailed({ emulator }: Lane): Promise<void> {
  const isOver = (): boolean => emulator.chaos.read().rules.every(({ left }) => left === 0);
  for (const end = Date.now() + 10_000; !isOver() && Date.now() < end; ) await pause(20);
  emulator.chaos.clear();
}

/** The event is there before Stripe's API shows what it tells: it has to be looked at again. */
const early: Story = {
  name: "early event",
  async tell(lane) {
    const person = await Person.signUp(lane, "Early", { away: true });
    await person.buys(true);
    await checkQuiet(lane, [person]);
    const trialing = await lane.stripe.subscriptions.retrieve(person.subscriptionId);
    const event = eventAbout(
      "customer.subscription.updated",
      { ...trialing, status: "active" },
      { status: "trialing" },
    );
    lane.deliveries.hold();
    lane.deliveries.send(event);
    for (let rechecks = 0; rechecks === 0; await pause(20)) {
      const [row] = await lane.database
        .sql`select rechecks from webhook_events where event_id = ${event.id}`.catch(() => []);
      rechecks = Number(row?.["rechecks"] ?? 0);
    }
    await lane.pass(5 * DAY + 2 * HOUR);
    await checkQuiet(lane, [person]);
    lane.deliveries.release();
    await checkQuiet(lane, [person]);
    return [person];
  },
};

/** What goes wrong at the edges: nobody's events, several customers, a Stripe that fails. */
export const STRAY_STORIES: readonly Story[] = [strays, second, obsolete, away, early];
