import { drifts } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { finishedWalk } from "../../test/support/lead-walk.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";

let world: TestWorld;
let admin: Actor;
let walkId: number;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
  ({ walkId } = await finishedWalk(world));
});
afterAll(() => world.close());

const as = () => world.as(admin).admin;

/** A drift as a walk would have left it open. */
async function drift(customerId: string, over: Partial<typeof drifts.$inferInsert> = {}): Promise<number> {
  const foundAt = new Date(world.clock.wall());
  const [row] = await world.deps.db
    .insert(drifts)
    .values({ walkId, customerId, cause: "status", foundAt, detail: { fields: ["status"] }, ...over })
    .returning({ id: drifts.id });
  return row?.id ?? 0;
}

test("a drift is repaired by one sync, with all else that was found of its customer; again it is left alone", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  const driftId = await drift(customerId, { lastError: "StripeError: Stripe 400: no" });
  const beside = await drift(customerId, { cause: "plan_copy" });
  const repaired = await as().repairDrift({ driftId });
  expect(repaired).toMatchObject({ id: driftId, fields: ["status"], last_error: null });
  expect(repaired.repaired_at).not.toBeNull();
  expect((await world.row(actor.userId)).subscriptionStatus).toBe("paid");
  expect((await as().listDrifts({ customerId, open: true })).drifts).toEqual([]);
  const [other] = await world.deps.db.select().from(drifts).where(eq(drifts.id, beside));
  expect(other?.repairedAt).not.toBeNull();
  world.clock.advance(1_000);
  world.at.end(subscription);
  expect(await as().repairDrift({ driftId })).toEqual(repaired);
  expect((await world.row(actor.userId)).subscriptionStatus).toBe("paid");
});

test("a customer of nobody stays open and says why, until somebody can be told", async () => {
  const { userId } = await world.user();
  const customer = world.at.customer(null);
  world.at.invoice(world.at.subscribe(customer.id));
  const driftId = await drift(customer.id, { cause: "customer_unbound" });
  expect(await as().repairDrift({ driftId })).toMatchObject({
    repaired_at: null,
    last_error: expect.stringContaining("names no user"),
  });
  customer.userId = userId;
  expect(await as().repairDrift({ driftId })).toMatchObject({ last_error: null, user_id: null });
  expect((await world.row(userId)).subscriptionStatus).toBe("paid");
});

test("a subscription that Stripe lost stays open and is kept, until its customer is deleted or Stripe knows it again", async () => {
  const lost = async () => {
    const { actor, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    world.at.invoice(subscription);
    await syncCustomer(world.deps, customerId);
    world.at.subscriptions.delete(subscription.id);
    const driftId = await drift(customerId, { cause: "lost_at_stripe", subscriptionId: subscription.id });
    const answer = await as().repairDrift({ driftId });
    expect(answer).toMatchObject({ repaired_at: null, last_error: expect.stringContaining("it is kept") });
    expect((await world.row(actor.userId)).subscriptionStatus).toBe("paid");
    world.clock.advance(1_000);
    return { actor, customerId, subscription, driftId };
  };
  const found = await lost();
  world.at.subscriptions.set(found.subscription.id, found.subscription);
  expect((await as().repairDrift({ driftId: found.driftId })).repaired_at).not.toBeNull();
  const deleted = await lost();
  world.at.deleteCustomer(deleted.customerId);
  expect((await as().repairDrift({ driftId: deleted.driftId })).repaired_at).not.toBeNull();
  expect((await world.row(deleted.actor.userId)).subscriptionStatus).toBe("free");
});

test("Stripe away changes nothing and says so; Stripe that refuses leaves its reason", async () => {
  const { customerId } = await world.buyer();
  const driftId = await drift(customerId);
  world.stripe.faults.fail("listSubscriptions", "unavailable");
  await expect(as().repairDrift({ driftId })).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  expect((await as().listDrifts({ customerId })).drifts).toMatchObject([
    { last_error: null, repaired_at: null },
  ]);
  world.stripe.faults.fail("listSubscriptions", "rejected");
  expect(await as().repairDrift({ driftId })).toMatchObject({
    repaired_at: null,
    last_error: expect.stringContaining("StripeError"),
  });
  await expect(as().repairDrift({ driftId: 999_999 })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
