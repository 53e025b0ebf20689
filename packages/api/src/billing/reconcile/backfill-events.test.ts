import { webhookEvents } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { finishedWalk } from "../../../test/support/lead-walk.ts";
import { type EventOver, eventBody } from "../../../test/support/stripe-event.ts";
import { DAY, MINUTE, openWorld, type TestWorld } from "../../../test/support/test-deps.ts";
import { StripeError } from "../../stripe-port.ts";
import { processCustomer } from "../process-events.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

let made = 0;
/** Stripe lists an event that was never delivered. */
function missed(type: string, about: string, over: EventOver = {}): string {
  made += 1;
  const id = `evt_missed_${made}`;
  const body = eventBody(world.at, { type, about, id, ...over });
  world.at.events.push({ id, createdAt: world.clock.now(), body });
  return id;
}

const stored = () => world.deps.db.select().from(webhookEvents).orderBy(webhookEvents.receivedAt);

async function payer() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId, { userId: actor.userId });
  return { userId: actor.userId, customerId, subscription, invoice: world.at.invoice(subscription) };
}

test("events that never arrived come into the inbox, oldest first, are counted, and processed like any other", async () => {
  const { customerId, subscription, invoice } = await payer();
  const ids: string[] = [];
  for (const type of [
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.updated",
  ]) {
    ids.push(missed(type, subscription.id));
    world.clock.advance(MINUTE);
  }
  ids.push(missed("invoice.paid", invoice.id));
  expect((await finishedWalk(world)).counts).toMatchObject({ backfilled: 4 });
  expect(await stored()).toMatchObject(
    ids.map((eventId) => ({ eventId, source: "backfill", outcome: null })),
  );
  expect(world.counts).toContainEqual({
    name: "liveassist_events_backfilled_total",
    labels: { endpoint: "silent" },
    by: 4,
  });
  await processCustomer(world.deps, customerId);
  expect((await stored()).map((row) => row.outcome)).toEqual(ids.map(() => "processed"));
  expect((await finishedWalk(world)).counts).not.toHaveProperty("backfilled");
});

test("one that was lost between others is told apart from silence since", async () => {
  const { subscription } = await payer();
  missed("customer.subscription.created", subscription.id);
  world.clock.advance(MINUTE);
  await world.deliver("customer.subscription.updated", subscription.id);
  world.clock.advance(MINUTE);
  missed("customer.subscription.updated", subscription.id);
  await finishedWalk(world);
  for (const endpoint of ["alive", "silent"])
    expect(world.counts).toContainEqual({
      name: "liveassist_events_backfilled_total",
      labels: { endpoint },
      by: 1,
    });
});

test("what arrived, is dead, of another type, of the other mode or still on its way is left alone", async () => {
  const { customerId, subscription } = await payer();
  const delivered = await world.deliver("customer.subscription.created", subscription.id);
  const dead = await world.deliver("customer.subscription.updated", subscription.id);
  await world.deps.db.update(webhookEvents).set({ outcome: "dead" }).where(eq(webhookEvents.eventId, dead));
  missed("customer.subscription.created", subscription.id, { id: delivered });
  missed("customer.subscription.updated", subscription.id, { id: dead });
  missed("customer.updated", customerId);
  missed("customer.subscription.updated", subscription.id, { livemode: true });
  world.clock.advance(MINUTE);
  const young = missed("customer.subscription.updated", subscription.id);
  await finishedWalk(world, { inFlightMs: MINUTE });
  expect((await stored()).map((row) => row.eventId).sort()).toEqual([delivered, dead].sort());
  expect((await world.event(dead)).outcome).toBe("dead");
  world.clock.advance(2 * MINUTE);
  await finishedWalk(world, { inFlightMs: MINUTE });
  expect((await world.event(young)).source).toBe("backfill");
});

test("events of other products and strangers to us of the same account make no flood of dead letters", async () => {
  const { subscription } = await payer();
  const stranger = world.at.customer(null).id;
  const items = [{ price: "price_else", product: "prod_else", unitAmount: 100 }];
  const foreign = world.at.subscribe(stranger, { items });
  const invoice = world.at.invoice(foreign);
  for (const [type, about] of [
    ["customer.subscription.created", foreign.id],
    ["invoice.paid", invoice.id],
    ["customer.deleted", stranger],
  ] as const)
    missed(type, about);
  world.at.charges.set("ch_foreign", stranger);
  missed("charge.dispute.created", "dp_foreign", { object: { object: "dispute", charge: "ch_foreign" } });
  world.at.charges.set("ch_ours", subscription.customerId);
  const dispute = missed("charge.dispute.created", "dp_ours", {
    object: { object: "dispute", charge: "ch_ours" },
  });
  await finishedWalk(world);
  expect((await stored()).map((row) => row.eventId)).toEqual([dispute]);
});

test("an event of our price whose owner nobody can tell does come in: it must be seen", async () => {
  const lost = world.at.subscribe(world.at.customer(null).id);
  const data = [{ price: { id: "price_ours", product: "prod_ours" } }];
  const id = missed("customer.subscription.created", lost.id, { object: { items: { data } } });
  await finishedWalk(world);
  expect(await stored()).toMatchObject([{ eventId: id, source: "backfill" }]);
});

test("a walk looks back to where the last finished one was, with an overlap, and never further than Stripe does", async () => {
  const since: number[] = [];
  const list = world.stripe.pageOfEvents.bind(world.stripe);
  world.stripe.pageOfEvents = (from, after) => {
    if (after === null) since.push(from);
    return list(from, after);
  };
  await finishedWalk(world);
  const first = world.clock.now();
  expect(first - (since[0] ?? 0)).toBeLessThan(30 * DAY);
  world.clock.advance(60 * MINUTE);
  await finishedWalk(world);
  expect(since[1]).toBe(first - 15 * MINUTE);
});

test("a Stripe without a list of events is degraded in that alone, and said so once", async () => {
  const { userId } = await payer();
  world.stripe.pageOfEvents = () =>
    Promise.reject(new StripeError("rejected", "Stripe 403: not allowed", null));
  for (let walks = 0; walks < 2; walks++)
    expect((await finishedWalk(world)).counts).toMatchObject({ events_refused: 1 });
  expect((await world.row(userId)).subscriptionStatus).toBe("paid");
  const said = world.logs.filter((line) => line.message.includes("no list of events"));
  expect(said).toMatchObject([{ level: "warn" }]);
});

test("a list of events that fails for now costs nothing: the next walk looks back as far", async () => {
  const { subscription } = await payer();
  await finishedWalk(world);
  const id = missed("customer.subscription.created", subscription.id);
  world.clock.advance(60 * MINUTE);
  const list = world.stripe.pageOfEvents.bind(world.stripe);
  world.stripe.pageOfEvents = () => Promise.reject(new StripeError("unavailable", "Stripe 503", null));
  await finishedWalk(world);
  world.stripe.pageOfEvents = list;
  world.clock.advance(60 * MINUTE);
  await finishedWalk(world);
  expect((await world.event(id)).source).toBe("backfill");
});
