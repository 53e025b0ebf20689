import { processCustomer } from "../../src/billing/process-events.ts";
import { createEventStore, receiveEvent } from "../../src/billing/receive-event.ts";
import { countDelivery } from "../../src/operations/count-delivery.ts";
import { reportServer } from "../../src/operations/report-server.ts";
import { createWatchMemory, watch } from "../../src/operations/watch.ts";
import { openChat } from "./chat-steps.ts";
import { SIGNATURE } from "./fake-stripe.ts";
import { finishedWalk } from "./lead-walk.ts";
import { eventBody } from "./stripe-event.ts";
import type { Subscription } from "./stripe-world.ts";
import type { TestWorld } from "./test-deps.ts";

const SECOND = 1_000;
/** As the watcher of a server looks. */
const EVERY_MS = 10 * SECOND;
/** So many looks apart. */
const [MINUTE_STEPS, CHAT_STEPS, WALK_STEPS, NOISE_STEPS] = [6, 18, 30, 60];

export interface HealthyTime {
  readonly minutes: number;
  /** New buyers in each ten seconds; each purchase is four events. */
  readonly buyers: number;
  /** Further events of those who bought, in each ten seconds. */
  readonly others: number;
}

/**
 * Lets a healthy installation run on its simulated clock, through the real verbs: purchases, renewals, events delivered twice
 * and of types we ignore, chats, walks, heartbeats; and the small troubles of every day: a call to Stripe that failed, noise
 * at the webhook route, a reply that failed. The indicators are looked at every ten seconds. Answers how many events came.
 */
export async function playHealthyTime(world: TestWorld, time: HealthyTime): Promise<number> {
  const memory = createWatchMemory();
  const store = createEventStore(world.deps.db);
  const known: Subscription[] = [];
  const startedAt = world.clock.wall();
  const chat = await openChat(world);
  let [came, heard] = [0, 0];

  async function deliver(body: string, signature = SIGNATURE): Promise<void> {
    came += 1;
    const delivery = { rawBody: Buffer.from(body), signature };
    await countDelivery(world.deps, delivery, () => receiveEvent(world.deps, store, delivery)).catch(
      () => {},
    );
  }
  const tell = (type: string, about: string) => deliver(eventBody(world.at, { type, about }));

  async function buy(): Promise<string> {
    const { actor, customerId } = await world.buyer();
    const { sessionId } = await world.as(actor).subscription.createCheckout({ trial: false });
    const { subscription, invoice } = world.at.pay(sessionId);
    known.push(subscription);
    world.clock.advance(50);
    await Promise.all([
      tell("checkout.session.completed", sessionId),
      tell("customer.subscription.created", subscription.id),
      tell("invoice.paid", invoice.id),
      tell("invoice.payment_succeeded", invoice.id),
    ]);
    return customerId;
  }

  /** The next of those who bought has news: of their subscription, of a type that we ignore, or what we know already. */
  async function hearAgain(turn: number): Promise<string | null> {
    const one = known[heard++ % known.length];
    if (!one) return null;
    if (turn % 5 === 0) await tell("payment_method.attached", one.customerId);
    else if (turn % 5 === 1) {
      const twice = eventBody(world.at, { type: "customer.subscription.updated", about: one.id });
      await deliver(twice);
      await deliver(twice);
    } else await tell("customer.subscription.updated", one.id);
    return one.customerId;
  }

  function beat(): Promise<unknown> {
    const now = world.clock.wall();
    const rests = { startedAt, runningSince: null, lastSuccessAt: now, lastFailureAt: null, lastError: null };
    return reportServer(world.deps, {
      startedAt,
      sockets: known.length,
      tailLagMs: 100,
      stripeOkAt: now,
      stripeFailedAt: null,
      stripeFailingSince: null,
      jobs: ["mailer", "watcher"].map((job) => ({ job, everyMs: SECOND, ...rests })),
    });
  }

  /** What waits for Stripe since a call failed is tried again, as everything is that happens every day. */
  async function bear(step: number): Promise<string[]> {
    if (step % MINUTE_STEPS === 0) world.stripe.faults.fail("listSubscriptions");
    if (step % NOISE_STEPS === 5) await deliver("{}", "t=1,v1=noise");
    return step % MINUTE_STEPS === 1 ? waiting() : [];
  }

  /** Whoever the failed call was about: which of the calls at once it hits is chance. */
  async function waiting(): Promise<string[]> {
    const rows = await world.database.sql`select distinct customer_id from webhook_events
      where outcome is null and customer_id is not null`;
    return rows.map((row) => String(row["customer_id"]));
  }

  async function use(step: number): Promise<void> {
    if (step % WALK_STEPS === 0) await finishedWalk(world, { everyMs: 0 });
    if (step % CHAT_STEPS > 0) return;
    await chat.send("Hello");
    await chat.newest("complete");
  }

  const steps = (time.minutes * 60 * SECOND) / EVERY_MS;
  for (let step = 1; step <= steps; step++) {
    const until = startedAt + step * EVERY_MS;
    const bought = await Promise.all(Array.from({ length: time.buyers }, buy));
    const turns = Array.from({ length: time.others }, (_, n) => step * time.others + n);
    const busy = new Set([...bought, ...(await Promise.all(turns.map(hearAgain))), ...(await bear(step))]);
    busy.delete(null);
    await Promise.all([...busy].map((customerId) => processCustomer(world.deps, customerId ?? "")));
    await use(step);
    world.clock.advance(Math.max(0, until - world.clock.wall()));
    await beat();
    await watch(world.deps, memory);
  }
  return came;
}
