import type { IndicatorName } from "@liveassist/shared/indicators";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY, MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { processCustomer } from "../billing/process-events.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import { measure } from "./measure.ts";
import { reportServer } from "./report-server.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const read = async (name: IndicatorName) => (await measure(world.deps))[name];

async function payer(over: { product?: string; trialDays?: number } = {}) {
  const { actor, customerId } = await world.buyer();
  const items = [{ price: "price_other", product: over.product ?? "prod_ours", unitAmount: 100 }];
  const subscription = world.at.subscribe(
    customerId,
    { userId: actor.userId, ...(over.product ? { items } : {}) },
    over.trialDays ?? null,
  );
  if (over.trialDays === undefined) world.at.invoice(subscription);
  await syncCustomer(world.deps, customerId, "event");
  return { actor, customerId, subscription };
}
const freeByHand = () => world.database.sql`update users set subscription_status = 'free'`;

test("of an empty installation nothing alarms, and what was not measured is unknown", async () => {
  expect(await measure(world.deps)).toEqual({
    slow_activations: null,
    activation_seconds: null,
    receipt_seconds: null,
    webhook_failures: null,
    dead_letters: 0,
    pending_seconds: 0,
    open_drifts: 0,
    stuck_checkouts: 0,
    paid_without_premium: 0,
    job_lag_seconds: null,
    tail_lag_seconds: null,
    stripe_away_seconds: null,
    ai_errors: null,
    open_flags: 0,
    sockets: null,
  });
  expect(world.logs).toEqual([]);
});

describe("people who paid and are on Free", () => {
  test("are counted once each, however many subscriptions they have", async () => {
    const { actor, customerId } = await payer();
    world.at.invoice(world.at.subscribe(customerId, { userId: actor.userId }));
    await syncCustomer(world.deps, customerId, "event");
    await payer();
    expect(await read("paid_without_premium")).toBe(0);
    await freeByHand();
    expect(await read("paid_without_premium")).toBe(2);
  });
  test("are not those who pay for another product, whose time is over, or who left", async () => {
    await payer({ product: "prod_of_others" });
    const { actor } = await payer();
    await world.database.sql`update users set deleted_at = now() where id = ${actor.userId}`;
    await payer({ trialDays: 5 });
    world.clock.advance(6 * DAY);
    await freeByHand();
    expect(await read("paid_without_premium")).toBe(0);
  });
  test("are looked for without a price while there is nobody to judge", async () => {
    await payer();
    world.stripe.faults.goDown();
    const deps = { ...world.deps, price: () => Promise.reject(new Error("no price")) };
    expect((await measure(deps)).paid_without_premium).toBe(0);
    await freeByHand();
    const unknown = await measure(deps);
    expect(unknown.paid_without_premium).toBeNull();
    expect(unknown.open_flags).toBe(0);
    expect(world.logs.filter(({ message }) => message === "an indicator could not be measured")).toHaveLength(
      1,
    );
  });
});

describe("a waiting event", () => {
  test("waits since it came, and one that is queued again since then", async () => {
    const customerId = world.at.customer(null).id;
    const eventId = await world.deliver("customer.subscription.created", world.at.subscribe(customerId).id);
    world.clock.advance(MINUTE);
    expect(await read("pending_seconds")).toBe(60);
    await processCustomer(world.deps, customerId);
    expect(await read("dead_letters")).toBe(1);
    world.clock.advance(7 * DAY);
    const admin = await world.user("admin");
    await world.as(admin).admin.replayEvent({ eventId });
    expect(await read("dead_letters")).toBe(0);
    expect(await read("pending_seconds")).toBe(0);
    world.clock.advance(MINUTE);
    expect(await read("pending_seconds")).toBe(60);
  });
  test("that fails again and again waits since its first failure", async () => {
    const { customerId } = await world.buyer();
    await world.deliver("customer.subscription.created", world.at.subscribe(customerId).id);
    world.stripe.faults.goDown();
    for (let tries = 0; tries < 10; tries++) {
      await processCustomer(world.deps, customerId);
      world.clock.advance(MINUTE);
    }
    expect(await read("pending_seconds")).toBe(600);
  });
});

describe("drifts", () => {
  const walk = (state: string, startedAgo: number) => world.database.sql`
    insert into reconcile_walks (state, phase, started_at)
    values (${state}, 'repair', ${new Date(world.clock.wall() - startedAgo).toISOString()})`;
  const drift = (lastError: string | null) => world.database.sql`
    insert into drifts (walk_id, customer_id, cause, found_at, last_error)
    select max(id), 'cus_1', 'status', ${new Date(world.clock.wall() - MINUTE).toISOString()}, ${lastError} from reconcile_walks`;
  test.for([
    { what: "just found by a walk under way", state: "running", startedAgo: 2 * MINUTE, error: null, n: 0 },
    { what: "that this walk could not repair", state: "running", startedAgo: 2 * MINUTE, error: "no", n: 1 },
    {
      what: "found by an earlier walk, taken over",
      state: "running",
      startedAgo: MINUTE / 2,
      error: null,
      n: 1,
    },
    { what: "left by a walk that is over", state: "finished", startedAgo: 2 * MINUTE, error: null, n: 1 },
    { what: "left by a walk that stopped", state: "stopped", startedAgo: 2 * MINUTE, error: null, n: 1 },
  ])("$what count $n", async ({ state, startedAgo, error, n }) => {
    await walk(state, startedAgo);
    await drift(error);
    expect(await read("open_drifts")).toBe(n);
  });
});

describe("servers", () => {
  const beat = (serverId: string, over: { sockets?: number; lastSuccessAt?: number } = {}) => {
    const startedAt = world.clock.wall() - MINUTE;
    const { sockets = 1, lastSuccessAt = world.clock.wall() } = over;
    const rests = { startedAt, runningSince: null, lastSuccessAt, lastFailureAt: null, lastError: null };
    return reportServer(
      { ...world.deps, serverId },
      {
        startedAt,
        sockets,
        tailLagMs: 500,
        stripeOkAt: null,
        stripeFailedAt: null,
        stripeFailingSince: null,
        jobs: [{ job: "mailer", everyMs: 1_000, ...rests }],
      },
    );
  };
  test("that have not been heard of for a minute are gone, and nothing of them is late", async () => {
    await beat("server_2", { sockets: 7, lastSuccessAt: world.clock.wall() - 30 * MINUTE });
    await beat("server_3", { sockets: 5 });
    expect(await measure(world.deps)).toMatchObject({ sockets: 12, job_lag_seconds: 1_799 });
    world.clock.advance(2 * MINUTE);
    await beat("server_3", { sockets: 5 });
    expect(await measure(world.deps)).toMatchObject({
      sockets: 5,
      job_lag_seconds: 0,
      tail_lag_seconds: 0.5,
    });
  });
  test("whose own heartbeat hangs know that they live, and say that it is late", async () => {
    await beat(world.deps.serverId);
    world.clock.advance(10 * MINUTE);
    expect(await read("job_lag_seconds")).toBe(599);
  });
});
