import { pauseByWall, reconcile } from "@liveassist/api";
import { users } from "@liveassist/db/schema";
import { startEmulator } from "@liveassist/stripe-emulator";
import type Stripe from "stripe";
import { deliver } from "./deliver.ts";
import { type DeliveryPlan, deliveryPlans } from "./delivery-plans.ts";
import { Life } from "./life.ts";
import { type Lifecycle, MINUTE } from "./lifecycle.ts";
import { each } from "./purchases.ts";
import { settleInbox } from "./settle-inbox.ts";
import { startApp } from "./start-app.ts";
import { ledgerFaults, sightFaults } from "./state-faults.ts";

const SECRET = "whsec_lifecycles";
/** An observation older than five minutes is worth a question (requirements R20). */
const STALE = 6 * MINUTE;

/** How a lifecycle went: nobody may be found wrong. */
export interface Played {
  readonly users: number;
  readonly deliveries: number;
  /** One line for each thing that was not as it must be. */
  readonly faults: string[];
}

interface Person {
  readonly name: string;
  readonly life: Life;
  readonly plan: DeliveryPlan;
  readonly heard: Stripe.Event[];
  readonly told: Set<number>;
}

/**
 * Lives one lifecycle with many users at once, each under a delivery plan of their own, on one server and one Stripe with
 * one clock. Whoever was told all there is must see the truth, after each step; the others after a read or a walk.
 */
export async function playLifecycle(
  lifecycle: Lifecycle,
  choose: (plans: ReturnType<typeof deliveryPlans>) => DeliveryPlan[],
): Promise<Played> {
  // A plan may deliver an event months after it was made, and reads them by their place: none is forgotten.
  const keepsAll = { eventDays: 3650, eventsKept: [1_000_000, 1_000_000] } as const;
  const emulator = await startEmulator({ seed: 1, settings: { ...keepsAll, ...lifecycle.settings } });
  const server = await startApp({
    stripe: { url: emulator.url, secret: SECRET },
    clock: { now: () => emulator.clock.now(), wall: () => Date.now() },
    // The reconciler walks when it is told to.
    env: { LOG_LEVEL: "warn", RECONCILE_EVERY_SECONDS: "86400", ...lifecycle.env },
  });
  const { database } = server;
  const faults: string[] = [];
  let deliveries = 0;

  async function enter(name: string): Promise<Life> {
    const id = `${name}-${crypto.randomUUID()}`;
    await server.running.deps.db.insert(users).values({ id, name, email: `${id}@example.com` });
    return new Life(id, { server, emulator });
  }

  async function tell({ plan, heard, told }: Person, step: number): Promise<void> {
    for (const batch of plan.after[step] ?? []) {
      await Promise.all(
        batch.map(async (at) => {
          const event = heard[at];
          if (!event) throw new Error(`there is no event ${at} after step ${step}`);
          const { status } = await deliver(server.url, event, { secret: SECRET });
          if (status !== 200) faults.push(`${event.type}: answered ${status}`);
          told.add(at);
          deliveries += 1;
        }),
      );
    }
  }

  /** How many events each step brings: lived once by somebody nobody tells of. */
  async function rehearse(life: Life): Promise<number[]> {
    const counts: number[] = [];
    for (const { does, passes = 0 } of lifecycle.steps) {
      await does?.(life);
      await emulator.clock.advance(passes);
      counts.push(life.news().length);
    }
    return counts;
  }

  async function live(people: Person[]): Promise<void> {
    for (const [step, { does, passes = 0, sees }] of lifecycle.steps.entries()) {
      await each(people, async ({ life }) => does?.(life));
      await emulator.clock.advance(passes);
      for (const { life, heard } of people) heard.push(...life.news());
      await each(people, (person) => tell(person, step));
      await settleInbox(server);
      const informed = people.filter(({ told, heard }) => told.size === heard.length);
      for (const fault of await sightFaults(database, informed, sees)) faults.push(`step ${step}, ${fault}`);
    }
  }

  async function compare(some: Person[], when: string): Promise<void> {
    const last = lifecycle.steps.at(-1);
    const found = last ? await sightFaults(database, some, last.sees) : [];
    faults.push(...found.map((fault) => `${when}, ${fault}`));
  }

  async function walk(): Promise<void> {
    const { signal } = new AbortController();
    const walked = await reconcile(server.running.deps, {
      everyMs: 0,
      inFlightMs: 0,
      signal,
      pause: pauseByWall,
    });
    if (walked.kind !== "finished") faults.push(`the walk ended ${JSON.stringify(walked)}`);
    await settleInbox(server);
  }

  try {
    const bystander = await enter("bystander");
    const plans = choose(deliveryPlans(await rehearse(await enter("model"))));
    const people = await each(plans, async (plan, at): Promise<Person> => {
      const life = await enter(`user${at}`);
      return { name: plan.name, life, plan, heard: [], told: new Set() };
    });
    await live(people);
    await emulator.clock.advance(STALE);
    // What was lost is found by a status read for some, by one walk over all of Stripe for the others.
    const readers = people.filter(({ told }, at) => at % 2 === 0 && (!lifecycle.madeByHand || told.size > 0));
    await each(readers, ({ life }) => life.caller.subscription.status());
    await compare(readers, "after a status read");
    await walk();
    await compare(people, "after one reconciliation");
    const ledgers = each(people, ({ name, life, heard, told }) => {
      const acknowledged = [...told].map((at) => heard[at]?.id ?? "");
      return ledgerFaults(database, { name, life, acknowledged }, lifecycle);
    });
    faults.push(...(await ledgers).flat());
    const [untouched] = await database.sql`select version from users where id = ${bystander.userId}`;
    if (Number(untouched?.["version"]) !== 0) faults.push("somebody else was told something");
    return { users: people.length, deliveries, faults };
  } finally {
    await server.stop();
    await emulator.close();
  }
}
