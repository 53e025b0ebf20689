import { ALERTS, type AlertName } from "@liveassist/shared/alerts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openChat } from "../../test/support/chat-steps.ts";
import { SIGNATURE } from "../../test/support/fake-stripe.ts";
import { finishedWalk } from "../../test/support/lead-walk.ts";
import { MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { AssistantError } from "../assistant-port.ts";
import { processCustomer, processLoneEvent } from "../billing/process-events.ts";
import { createEventStore, receiveEvent } from "../billing/receive-event.ts";
import type { Actor } from "../deps.ts";
import { countDelivery } from "./count-delivery.ts";
import { reportServer } from "./report-server.ts";
import { createWatchMemory, type WatchMemory, watch } from "./watch.ts";

const SECOND = 1_000;
const EVERY = 10 * SECOND;

let world: TestWorld;
let memory: WatchMemory;
let admin: Actor;
beforeEach(async () => {
  world = await openWorld();
  memory = createWatchMemory();
  admin = await world.user("admin");
  await beat();
});
afterEach(() => world.close());

async function look(times: number): Promise<void> {
  for (let turn = 0; turn < times; turn++) {
    world.clock.advance(EVERY);
    await watch(world.deps, memory);
  }
}

interface Beat {
  readonly tailLagMs?: number;
  readonly failingForMs?: number;
  readonly lateMs?: number;
}

/** The heartbeat of this server. */
function beat({ tailLagMs = 0, failingForMs, lateMs = 0 }: Beat = {}): Promise<unknown> {
  const now = world.clock.wall();
  const isAway = failingForMs !== undefined;
  return reportServer(world.deps, {
    startedAt: now - 10 * MINUTE,
    sockets: 3,
    tailLagMs,
    stripeOkAt: isAway ? now - failingForMs - MINUTE : now,
    stripeFailedAt: isAway ? now : null,
    stripeFailingSince: isAway ? now - failingForMs : null,
    jobs: [
      {
        job: "mailer",
        everyMs: SECOND,
        startedAt: now - 10 * MINUTE,
        runningSince: null,
        lastSuccessAt: now - lateMs,
        lastFailureAt: lateMs > 0 ? now : null,
        lastError: lateMs > 0 ? "no connection" : null,
      },
    ],
  });
}

/** Somebody pays, and it is heard of so much later. */
async function purchase(afterMs = SECOND) {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId, { userId: actor.userId });
  world.at.invoice(subscription);
  world.clock.advance(afterMs);
  const eventId = await world.deliver("customer.subscription.created", subscription.id);
  await processCustomer(world.deps, customerId);
  return { actor, customerId, subscription, eventId };
}

/** A delivery at the webhook route, signed by whoever sends it. */
async function send(signature: string): Promise<void> {
  const rawBody = Buffer.from(
    JSON.stringify({
      id: `evt_sent_${world.counts.length}`,
      object: "event",
      type: "product.created",
      livemode: false,
      created: 1,
      data: { object: { id: "prod_1" } },
    }),
  );
  const delivery = { rawBody, signature };
  const store = createEventStore(world.deps.db);
  await countDelivery(world.deps, delivery, () => receiveEvent(world.deps, store, delivery)).catch(
    () => null,
  );
}
const STRANGE_SIGNATURE = `t=1763726400,v1=${"0".repeat(64)}`;

/** Breaks something; answers what mends it. */
type Plant = () => Promise<() => Promise<unknown>>;

const FAULTS: Record<AlertName, Plant> = {
  async activations_slow() {
    await purchase(MINUTE);
    await purchase(MINUTE);
    await beat();
    return async () => {
      world.clock.advance(60 * MINUTE);
      await beat();
      await purchase();
    };
  },
  async webhooks_failing() {
    for (let tries = 0; tries < 3; tries++) await send(STRANGE_SIGNATURE);
    return async () => {
      world.clock.advance(MINUTE);
      await beat();
      await send(SIGNATURE);
    };
  },
  async dead_letters() {
    const customerId = world.at.customer(null).id;
    const eventId = await world.deliver("customer.subscription.created", world.at.subscribe(customerId).id);
    await processCustomer(world.deps, customerId);
    return async () => {
      await world.as(admin).admin.assignEvent({ eventId, userId: (await world.user()).userId });
      await processCustomer(world.deps, customerId);
    };
  },
  async events_stuck() {
    const { customerId } = await world.buyer();
    world.at.charges.set("ch_1", customerId);
    const eventId = await world.deliver("charge.dispute.created", "dp_1", { object: { charge: "ch_1" } });
    world.stripe.faults.fail("customerOfCharge");
    await processLoneEvent(world.deps, eventId);
    world.clock.advance(6 * MINUTE);
    await beat();
    return async () => {
      await processLoneEvent(world.deps, eventId);
      await processCustomer(world.deps, customerId);
      for (const { id } of (await world.as(admin).admin.listFlags({ open: true })).flags)
        await world.as(admin).admin.resolveFlag({ id });
    };
  },
  async drift_remains() {
    const customer = world.at.customer(null);
    world.at.subscribe(customer.id);
    await finishedWalk(world);
    return async () => {
      const { userId } = await world.user();
      world.at.customers.set(customer.id, { ...customer, userId });
      await finishedWalk(world);
    };
  },
  async checkouts_stuck() {
    const actor = await world.user();
    const { sessionId } = await world.as(actor).subscription.createCheckout({ trial: false });
    world.stripe.freezeLists();
    const { session, subscription } = world.at.pay(sessionId);
    session.subscriptionId = null;
    await world.as(actor).subscription.confirm({ sessionId });
    world.clock.advance(6 * MINUTE);
    await beat();
    return async () => {
      world.stripe.thawLists();
      session.subscriptionId = subscription.id;
      await world.as(actor).subscription.confirm({ sessionId });
    };
  },
  async payers_on_free() {
    const { actor } = await purchase();
    await world.database.sql`update users set subscription_status = 'free' where id = ${actor.userId}`;
    return () => finishedWalk(world);
  },
  async job_late() {
    await beat({ lateMs: 3 * MINUTE });
    return () => beat();
  },
  async tail_late() {
    await beat({ tailLagMs: 31 * SECOND });
    return () => beat();
  },
  async stripe_away() {
    await beat({ failingForMs: 6 * MINUTE });
    return () => beat();
  },
  async ai_failing() {
    const chat = await openChat(world);
    for (let fails = 0; fails < 3; fails++) {
      world.assistant.next(new AssistantError("away", new Error("down")));
      await chat.send("Hello");
      await chat.newest("failed");
    }
    return async () => {
      world.clock.advance(61 * MINUTE);
      await beat();
      await chat.send("Hello");
      await chat.newest("complete");
    };
  },
  async flags_waiting() {
    const { customerId } = await purchase();
    await world.deliver("charge.refunded", "ch_1", { object: { customer: customerId } });
    await processCustomer(world.deps, customerId);
    const { flags } = await world.as(admin).admin.listFlags({ open: true });
    return () => world.as(admin).admin.resolveFlag({ id: flags[0]?.id ?? "" });
  },
};

const open = async () =>
  (await world.as(admin).operations.listIncidents({ open: true })).incidents.map(({ alert }) => alert);
const told = (mark: string, alert: AlertName) =>
  world.alerts.filter((text) => text.startsWith(`${mark} ${alert} `)).length;

test.for(Object.keys(ALERTS) as AlertName[])(
  "%s fires on its fault and clears after the repair",
  async (alert) => {
    await purchase();
    await send(SIGNATURE);
    await look(4);
    expect(await open()).toEqual([]);
    world.clock.advance(MINUTE);
    await beat();
    const repair = await FAULTS[alert]();
    await look(2);
    expect(await open()).toEqual([alert]);
    expect(world.alarms()).toContain(alert);
    expect(told("🔴", alert)).toBe(1);
    const { indicators } = await world.as(admin).operations.readIndicators();
    expect(indicators.filter(({ state }) => state === "alert").map((one) => one.alert)).toEqual([alert]);
    await repair();
    await look(3);
    expect(await open()).toEqual([]);
    expect(world.alerts).toHaveLength(2);
    expect(told("🟢", alert)).toBe(1);
    expect(world.logs.filter(({ message }) => message.includes("could not be measured"))).toEqual([]);
  },
);
