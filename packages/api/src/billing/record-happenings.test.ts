import { billingFlags, mails, stripeCustomers, users, withdrawals } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "./sync-customer.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const sync = (customerId: string) => syncCustomer(world.deps, customerId);
const flags = () => world.deps.db.select().from(billingFlags).orderBy(billingFlags.createdAt);
const alarms = (name: string) => world.alarms().filter((one) => one === name).length;

async function payer() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await sync(customerId);
  return { userId: actor.userId, customerId, subscription };
}

describe("somebody who pays twice", () => {
  test("keeps the better one; the other is flagged once, the user is told, and no later sync repeats it", async () => {
    const { userId, customerId, subscription: kept } = await payer();
    world.clock.advance(DAY);
    const trial = world.at.subscribe(customerId, {}, 5);
    for (let turn = 0; turn < 3; turn++) await sync(customerId);
    expect(await flags()).toMatchObject([
      { kind: "duplicate_payment", userId, objectId: trial.id, keptId: kept.id, resolvedAt: null },
    ]);
    expect(alarms("several_live_subscriptions")).toBe(1);
    const written = await world.deps.db.select().from(mails).where(eq(mails.userId, userId));
    expect(written.map((mail) => mail.key)).toContain(`duplicate_payment:${trial.id}`);
  });

  test("keeps the same one when the other would look better later", async () => {
    const { customerId, subscription: kept } = await payer();
    world.clock.advance(DAY);
    const other = world.at.subscribe(customerId, { status: "past_due" });
    world.at.invoice(other);
    await sync(customerId);
    Object.assign(other, { status: "active", periodEnd: world.clock.now() + 60 * DAY });
    world.at.failRenewal(kept);
    await sync(customerId);
    expect(await flags()).toMatchObject([{ objectId: other.id, keptId: kept.id }]);
  });

  test("and a third time has the third flagged, not the first", async () => {
    const { customerId, subscription: kept } = await payer();
    const second = world.at.subscribe(customerId, { createdAt: world.clock.now() - DAY });
    await sync(customerId);
    const [first] = await flags();
    const third = world.at.subscribe(customerId, { periodEnd: world.clock.now() + 90 * DAY });
    await sync(customerId);
    const flagged = (await flags()).map((flag) => [flag.objectId, flag.keptId]);
    expect(flagged).toEqual([
      [first?.objectId, first?.keptId],
      [third.id, first?.keptId],
    ]);
    expect([kept.id, second.id]).toContain(first?.keptId);
  });

  test("and ends the kept one does not fall back on the flagged one, which may be refunded already", async () => {
    const { customerId, subscription: kept } = await payer();
    world.clock.advance(DAY);
    const flagged = world.at.subscribe(customerId, {}, 5);
    await sync(customerId);
    world.at.end(kept);
    flagged.status = "active";
    world.at.subscribe(customerId, {}, 5);
    for (let turn = 0; turn < 2; turn++) await sync(customerId);
    expect((await flags()).map((flag) => flag.objectId)).toEqual([flagged.id]);
  });

  test("is found over two customers, and not in what is over, unfinished, or something else", async () => {
    const { userId, customerId } = await payer();
    const other = world.at.customer(userId).id;
    await world.deps.db.insert(stripeCustomers).values({ customerId: other, userId });
    world.at.subscribe(other, { status: "incomplete" });
    world.at.subscribe(other, { status: "canceled" });
    world.at.subscribe(other, { items: [{ price: "price_x", product: "prod_x", unitAmount: 1 }] });
    await sync(other);
    expect(await flags()).toEqual([]);
    const second = world.at.subscribe(other, {}, 5);
    await sync(other);
    await sync(customerId);
    expect(await flags()).toMatchObject([{ objectId: second.id }]);
  });
});

describe("money given back or disputed", () => {
  const hear = async (customerId: string, type: string, object: Record<string, unknown>) => {
    await world.deliver(type, "obj_1", { object: { customer: customerId, ...object } });
    await sync(customerId);
  };

  test("is written down once, however often it is told, and ends no access", async () => {
    const { userId, customerId } = await payer();
    await hear(customerId, "charge.refunded", { refunded: false });
    await hear(customerId, "charge.refunded", { refunded: true });
    expect(await flags()).toMatchObject([{ kind: "refund", objectId: "obj_1", userId, resolvedAt: null }]);
    expect(alarms("money_back")).toBe(1);
    expect((await world.row(userId)).subscriptionStatus).toBe("paid");
  });

  test("by a withdrawal is nothing for a person to look at", async () => {
    const { userId, customerId, subscription } = await payer();
    const now = new Date(world.clock.now());
    await world.deps.db.insert(withdrawals).values({
      id: crypto.randomUUID(),
      userId,
      subscriptionId: subscription.id,
      name: "User",
      email: "user@example.com",
      receivedAt: now,
      nextAttemptAt: now,
    });
    await hear(customerId, "charge.refunded", { refunded: true });
    expect(await flags()).toEqual([]);
    expect(alarms("money_back")).toBe(0);
    world.clock.advance(4 * DAY);
    await hear(customerId, "charge.refunded", { refunded: true });
    expect(await flags()).toHaveLength(1);
  });

  test("in a dispute is flagged when it opens, alarmed again when it is lost, resolved when it is won", async () => {
    const { customerId } = await payer();
    await hear(customerId, "charge.dispute.created", { status: "needs_response" });
    await hear(customerId, "charge.dispute.closed", { status: "lost" });
    expect(alarms("money_back")).toBe(2);
    expect(await flags()).toMatchObject([{ kind: "dispute", resolvedAt: null }]);
  });

  test("is told once when two syncs overlap that both read of it", async () => {
    const { customerId } = await payer();
    const about = { object: { customer: customerId, status: "lost" } };
    await world.deliver("charge.dispute.closed", "obj_1", about);
    const held = world.stripe.faults.hold("listSubscriptions");
    const older = sync(customerId);
    await held.reached;
    await sync(customerId);
    held.release();
    await older;
    expect(alarms("money_back")).toBe(1);
    expect(world.logs.filter((line) => line.message === "events processed")).toHaveLength(1);
  });

  test("in a dispute that was won stays resolved when its opening comes late", async () => {
    const { customerId } = await payer();
    await hear(customerId, "charge.dispute.closed", { status: "won" });
    await hear(customerId, "charge.dispute.created", { status: "needs_response" });
    expect(await flags()).toMatchObject([{ kind: "dispute", resolvedAt: expect.any(Date) }]);
    expect(alarms("money_back")).toBe(0);
  });
});

test("a status that nobody knows is alarmed when it appears, not at every sync", async () => {
  const { customerId, subscription } = await payer();
  subscription.status = "hibernating";
  for (let turn = 0; turn < 3; turn++) await sync(customerId);
  expect(alarms("unknown_status")).toBe(1);
});

test("another price of the same product goes on counting, and somebody is told", async () => {
  const { userId, customerId, subscription } = await payer();
  subscription.items = [{ price: "price_new", product: "prod_ours", unitAmount: 4900 }];
  for (let turn = 0; turn < 2; turn++) await sync(customerId);
  expect((await world.row(userId)).subscriptionStatus).toBe("paid");
  expect(alarms("price_changed")).toBe(1);
});

test("a customer that was deleted with something live is alarmed once", async () => {
  const { customerId } = await payer();
  world.at.deleteCustomer(customerId);
  for (let turn = 0; turn < 2; turn++) {
    await world.deliver("customer.deleted", customerId);
    await sync(customerId);
  }
  expect(alarms("customer_deleted")).toBe(1);
});

test("who deleted their account gets no mail", async () => {
  const { actor, customerId } = await world.buyer();
  await world.deps.db.update(users).set({ deletedAt: new Date() }).where(eq(users.id, actor.userId));
  world.at.subscribe(customerId);
  await sync(customerId);
  expect(await world.deps.db.select().from(mails)).toEqual([]);
});
