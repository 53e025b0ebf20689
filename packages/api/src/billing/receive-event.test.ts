import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SIGNATURE } from "../../test/support/fake-stripe.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { processCustomer } from "./process-events.ts";
import { createEventStore, receiveEvent } from "./receive-event.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const events = async () => {
  const [row] = await world.database.sql`select count(*)::int as n from webhook_events`;
  return Number(row?.["n"]);
};
const receive = (body: string, signature: string | undefined) =>
  receiveEvent(world.deps, createEventStore(world.deps.db), { rawBody: Buffer.from(body), signature });

describe("a delivery", () => {
  test("is durable before it is answered, and wakes the worker for its customer", async () => {
    const { customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    const eventId = await world.deliver("customer.subscription.created", subscription.id);
    expect(await world.event(eventId)).toMatchObject({
      outcome: null,
      customerId,
      subscriptionId: subscription.id,
      livemode: false,
      receivedAt: new Date(world.clock.wall()),
    });
    expect(world.nudges.at(-1)).toBe(customerId);
  });
  test("without our signature is refused, and nothing is stored", async () => {
    const before = await events();
    const invalid = expect.objectContaining({ code: "INVALID_SIGNATURE" });
    for (const signature of [undefined, "", "t=1,v1=other"])
      await expect(receive("{}", signature)).rejects.toThrow(invalid);
    expect(await events()).toBe(before);
  });
  test("that is signed but no event is refused as invalid input", async () => {
    const before = await events();
    for (const body of ["", "{", "[]", '{"id":"evt_x","type":"invoice.paid"}'])
      await expect(receive(body, SIGNATURE)).rejects.toThrow(
        expect.objectContaining({ code: "INVALID_INPUT" }),
      );
    expect(await events()).toBe(before);
  });
  test("again after it was processed is skipped, and wakes nobody", async () => {
    const { customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    const id = await world.deliver("customer.subscription.created", subscription.id);
    await processCustomer(world.deps, customerId);
    const nudged = world.nudges.length;
    await world.deliver("customer.subscription.created", subscription.id, { id });
    expect(world.nudges).toHaveLength(nudged);
    expect((await world.event(id)).outcome).toBe("processed");
  });
  test("many at once, duplicates among them, are each stored once", async () => {
    const { customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    const before = await events();
    const ids = Array.from({ length: 300 }, (_, index) => `evt_burst_${index % 150}`);
    await Promise.all(
      ids.map((id) => world.deliver("customer.subscription.updated", subscription.id, { id })),
    );
    expect((await events()) - before).toBe(150);
  });
});

describe("an event", () => {
  test("of a type we do not handle, or of the other livemode, is stored, ignored and wakes nobody", async () => {
    const { actor, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    const nudged = world.nudges.length;
    const ids = [
      await world.deliver("invoice.created", "in_1"),
      await world.deliver("customer.subscription.created", subscription.id, { livemode: true }),
    ];
    for (const id of ids) expect(await world.event(id)).toMatchObject({ outcome: "ignored" });
    expect(world.nudges).toHaveLength(nudged);
    await processCustomer(world.deps, customerId);
    expect((await world.row(actor.userId)).version).toBe(0);
  });
  test("of another API version is processed by asking Stripe anew, and alarmed; a later month of the same is not", async () => {
    const { actor, customerId } = await world.buyer();
    const { id } = world.at.subscribe(customerId);
    await world.deliver("customer.subscription.created", id, { apiVersion: "2026-12-01.endive" });
    expect(world.alarms()).not.toContain("stripe_api_version");
    const old = await world.deliver("customer.subscription.created", id, {
      apiVersion: "2020-08-27",
      object: { status: "unpaid" },
    });
    expect(world.logs.findLast((line) => line["alarm"] === "stripe_api_version")).toMatchObject({
      level: "error",
      eventId: old,
      got: "2020-08-27",
    });
    await processCustomer(world.deps, customerId);
    expect((await world.event(old)).outcome).toBe("processed");
    expect((await world.row(actor.userId)).subscriptionStatus).toBe("paid");
  });
  test("whose object Stripe does not know is a dead letter, and nobody is changed", async () => {
    const { actor, customerId } = await world.buyer();
    const object = { customer: customerId, status: "active" };
    const ids = [
      await world.deliver("customer.subscription.created", "sub_none", { object }),
      await world.deliver("checkout.session.completed", "cs_none", { object }),
      await world.deliver("invoice.paid", "in_none", { object }),
    ];
    await processCustomer(world.deps, customerId);
    for (const id of ids)
      expect(await world.event(id)).toMatchObject({
        outcome: "dead",
        lastError: expect.stringMatching(/not know/),
      });
    expect(await world.row(actor.userId)).toMatchObject({ version: 0, xp: 0, subscriptionStatus: "free" });
  });
  test("of a stale payload changes nothing by itself: only what Stripe says now counts", async () => {
    const { actor, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    world.at.end(subscription);
    await world.deliver("customer.subscription.created", subscription.id, { object: { status: "active" } });
    await processCustomer(world.deps, customerId);
    expect(await world.row(actor.userId)).toMatchObject({
      subscriptionStatus: "free",
      stripeStatus: "canceled",
    });
  });
});
