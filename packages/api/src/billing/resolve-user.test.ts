import { stripeCustomers } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { processCustomer, processLoneEvent } from "./process-events.ts";
import { bindCustomer } from "./resolve-user.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const bindings = (customerId: string) =>
  world.deps.db.select().from(stripeCustomers).where(eq(stripeCustomers.customerId, customerId));
const process = (customerId: string) => processCustomer(world.deps, customerId);
const plan = async (userId: string) => (await world.row(userId)).subscriptionStatus;

/** A paid subscription on a customer that we know nothing of. */
function stranger(names: { customer?: string | null; subscription?: string | null } = {}) {
  const { id: customerId } = world.at.customer(names.customer ?? null);
  const subscription = world.at.subscribe(customerId, { userId: names.subscription ?? null });
  return { customerId, subscription, invoice: world.at.invoice(subscription) };
}

describe("a stored binding", () => {
  test("wins over whatever an event names; the other user is never changed, and it is alarmed", async () => {
    const { actor, customerId } = await world.buyer();
    const other = await world.user();
    const subscription = world.at.subscribe(customerId, { userId: other.userId });
    const eventId = await world.deliver("customer.subscription.created", subscription.id);
    await process(customerId);
    expect([await plan(actor.userId), await plan(other.userId)]).toEqual(["paid", "free"]);
    expect(await world.event(eventId)).toMatchObject({ outcome: "processed", userId: actor.userId });
    const alarm = world.logs.find((line) => line["alarm"] === "binding_contradicted");
    expect(alarm).toMatchObject({ level: "error", eventId, userId: actor.userId, named: [other.userId] });
  });
  test("is never replaced, whoever tries", async () => {
    const { actor, customerId } = await world.buyer();
    const other = await world.user();
    expect((await bindCustomer(world.deps, customerId, other.userId)).owner).toBe(actor.userId);
    expect(await bindings(customerId)).toMatchObject([{ userId: actor.userId }]);
  });
});

describe("without a binding the user is found by", () => {
  test("the event's subscription", async () => {
    const { userId } = await world.user();
    const { customerId, subscription } = stranger({ subscription: userId });
    await world.deliver("customer.subscription.created", subscription.id);
    await process(customerId);
    expect(await plan(userId)).toBe("paid");
    expect(await bindings(customerId)).toMatchObject([{ userId }]);
  });
  test("the session's client_reference_id", async () => {
    const { userId } = await world.user();
    const { customerId, subscription } = stranger();
    world.at.sessions.set("cs_ref", {
      id: "cs_ref",
      status: "complete",
      url: null,
      customerId,
      subscriptionId: subscription.id,
      userIds: [userId],
      attemptId: null,
      expiresAt: null,
      trialDays: null,
    });
    await world.deliver("checkout.session.completed", "cs_ref", { object: { metadata: {} } });
    await process(customerId);
    expect(await plan(userId)).toBe("paid");
  });
  test("the invoice's parent", async () => {
    const { userId } = await world.user();
    const { customerId, subscription, invoice } = stranger();
    const details = { subscription: subscription.id, metadata: { userId } };
    await world.deliver("invoice.paid", invoice.id, {
      object: { parent: { subscription_details: details } },
    });
    await process(customerId);
    expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "paid", xp: 250 });
  });
  test("what Stripe itself holds on the customer, when the event names nobody", async () => {
    const { userId } = await world.user();
    const { customerId, invoice } = stranger({ customer: userId });
    await world.deliver("invoice.paid", invoice.id);
    await process(customerId);
    expect(await plan(userId)).toBe("paid");
  });
  test("a dispute's charge, which names the customer", async () => {
    const { actor, customerId } = await world.buyer();
    world.at.subscribe(customerId);
    world.at.charges.set("ch_1", customerId);
    const eventId = await world.deliver("charge.dispute.created", "dp_1", { object: { charge: "ch_1" } });
    await processLoneEvent(world.deps, eventId);
    expect(world.nudges.at(-1)).toBe(customerId);
    await process(customerId);
    expect((await world.event(eventId)).outcome).toBe("processed");
    expect(await plan(actor.userId), "a dispute alone ends no access").toBe("paid");
  });
});

describe("nobody is changed, and the event is a dead letter at once, when", () => {
  async function expectDead(customerId: string, eventId: string, reason: RegExp): Promise<void> {
    await process(customerId);
    const { outcome, lastError, attempts } = await world.event(eventId);
    expect({ outcome, attempts }).toEqual({ outcome: "dead", attempts: 1 });
    expect(lastError).toMatch(reason);
    expect(await bindings(customerId)).toEqual([]);
    expect(world.logs.findLast((line) => line["alarm"] === "dead_letter")).toMatchObject({
      level: "error",
      eventId,
      payload: expect.any(Object),
    });
  }
  test("nothing names a user", async () => {
    const { customerId, subscription } = stranger();
    const eventId = await world.deliver("customer.subscription.created", subscription.id);
    await expectDead(customerId, eventId, /names no user/);
  });
  test("two users are named, by the event or by the event and Stripe", async () => {
    const [one, two] = [await world.user(), await world.user()];
    const { customerId, subscription } = stranger({ customer: two.userId, subscription: one.userId });
    const eventId = await world.deliver("customer.subscription.created", subscription.id);
    await expectDead(customerId, eventId, /names several users/);
    expect([await plan(one.userId), await plan(two.userId)]).toEqual(["free", "free"]);
  });
  test("the named user does not exist", async () => {
    const { customerId, subscription } = stranger({ subscription: "user_gone" });
    const eventId = await world.deliver("customer.subscription.created", subscription.id);
    await expectDead(customerId, eventId, /does not exist/);
  });
  test("Stripe does not know the customer, even when the event names a real user", async () => {
    const { userId } = await world.user();
    const object = { customer: "cus_forged", status: "active", metadata: { userId } };
    const eventId = await world.deliver("customer.subscription.created", "sub_forged", { object });
    await expectDead("cus_forged", eventId, /does not know customer/);
    expect(await plan(userId)).toBe("free");
  });
  test("its subscription belongs to another customer, whoever owns that", async () => {
    const { userId } = await world.user();
    const { subscription } = stranger({ subscription: userId });
    const { customerId } = stranger();
    const eventId = await world.deliver("customer.subscription.updated", subscription.id, {
      object: { customer: customerId, metadata: {} },
    });
    await expectDead(customerId, eventId, /names no user/);
    expect(await plan(userId)).toBe("free");
  });
  test("a user has the same e-mail address: nobody is ever found by it", async () => {
    const { userId } = await world.user();
    const { customerId, subscription } = stranger();
    const object = { customer_email: `${userId}@example.com`, email: `${userId}@example.com` };
    const eventId = await world.deliver("customer.subscription.updated", subscription.id, { object });
    await expectDead(customerId, eventId, /names no user/);
  });
  test("a dispute's charge is unknown to Stripe", async () => {
    const eventId = await world.deliver("charge.dispute.created", "dp_2", { object: { charge: "ch_none" } });
    await processLoneEvent(world.deps, eventId);
    expect(await world.event(eventId)).toMatchObject({ outcome: "dead" });
  });
});

describe("an event that contradicts the others, due at the same time", () => {
  test("takes none of them along: they bind, and then the binding wins", async () => {
    const [one, two] = [await world.user(), await world.user()];
    const { customerId, subscription, invoice } = stranger({
      customer: one.userId,
      subscription: one.userId,
    });
    const lie = { metadata: { userId: two.userId } };
    const ids = [
      await world.deliver("customer.subscription.updated", subscription.id, { object: lie }),
      await world.deliver("invoice.paid", invoice.id),
    ];
    await process(customerId);
    for (const id of ids) expect((await world.event(id)).outcome).toBe("processed");
    const alarm = world.logs.findLast((line) => line["alarm"] === "binding_contradicted");
    expect(alarm).toMatchObject({ eventId: ids[0], userId: one.userId, named: [two.userId] });
    expect(await bindings(customerId)).toMatchObject([{ userId: one.userId }]);
    expect([await plan(one.userId), await plan(two.userId)]).toEqual(["paid", "free"]);
  });
  test("nor when the customer is deleted meanwhile, and only its subscription still says whose it was", async () => {
    const [one, two] = [await world.user(), await world.user()];
    const { customerId, subscription } = stranger({ subscription: one.userId });
    const ids = [
      await world.deliver("customer.subscription.updated", subscription.id, {
        object: { metadata: { userId: two.userId } },
      }),
      await world.deliver("customer.subscription.deleted", subscription.id),
    ];
    world.at.end(subscription);
    world.at.deleteCustomer(customerId);
    const list = world.stripe.listSubscriptions.bind(world.stripe);
    world.stripe.listSubscriptions = (id) => (id === customerId ? Promise.resolve(null) : list(id));
    await process(customerId);
    expect(await bindings(customerId)).toMatchObject([{ userId: one.userId }]);
    for (const id of ids) expect((await world.event(id)).outcome).toBe("processed");
  });
  test("is a dead letter until they have bound the customer", async () => {
    const [one, two] = [await world.user(), await world.user()];
    const { customerId, subscription, invoice } = stranger({ customer: one.userId });
    const lie = { metadata: { userId: two.userId } };
    const eventId = await world.deliver("customer.subscription.updated", subscription.id, { object: lie });
    await process(customerId);
    expect((await world.event(eventId)).outcome).toBe("dead");
    await world.deliver("invoice.paid", invoice.id);
    await process(customerId);
    await process(customerId);
    expect((await world.event(eventId)).outcome).toBe("processed");
  });
  test("leaves everybody as they are when Stripe's own objects say nothing and two events name two users", async () => {
    const [one, two] = [await world.user(), await world.user()];
    const { customerId, subscription } = stranger();
    for (const { userId } of [one, two])
      await world.deliver("customer.subscription.updated", subscription.id, {
        object: { metadata: { userId } },
      });
    await process(customerId);
    expect(await bindings(customerId)).toEqual([]);
    expect([await plan(one.userId), await plan(two.userId)]).toEqual(["free", "free"]);
  });
});

test("an event that nobody could be found for is due again as soon as its customer is bound", async () => {
  const { userId } = await world.user();
  const { customerId, subscription } = stranger();
  const eventId = await world.deliver("customer.subscription.created", subscription.id);
  await process(customerId);
  expect((await world.event(eventId)).outcome).toBe("dead");
  await bindCustomer(world.deps, customerId, userId);
  await process(customerId);
  expect((await world.event(eventId)).outcome).toBe("processed");
  expect(await plan(userId)).toBe("paid");
});

test("many events of an unknown customer at the same time bind it once", async () => {
  const { userId } = await world.user();
  const { customerId, subscription, invoice } = stranger({ subscription: userId });
  await Promise.all([
    world.deliver("customer.subscription.created", subscription.id),
    world.deliver("invoice.paid", invoice.id),
  ]);
  await Promise.all(Array.from({ length: 6 }, () => process(customerId)));
  expect(await bindings(customerId)).toMatchObject([{ userId }]);
  expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "paid", xp: 250 });
});
