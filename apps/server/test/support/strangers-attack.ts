import { setTimeout as wait } from "node:timers/promises";
import { type AttackedServers, SECRET, startAttacked } from "./attacked-servers.ts";
import { BrowserUser } from "./browser-user.ts";
import { Courier } from "./courier.ts";
import { type Draws, drawsFrom } from "./draws.ts";
import { HostileAccount } from "./hostile-account.ts";
import { drawAct, drawSale } from "./hostile-acts.ts";
import { type Dialect, dialectFrom } from "./hostile-dialect.ts";
import { noiseAbout } from "./hostile-noise.ts";
import { HostileStripe } from "./hostile-stripe.ts";
import { truthOf } from "./hostile-truth.ts";
import { each } from "./purchases.ts";

export interface Victim {
  readonly user: BrowserUser;
  readonly account: HostileAccount;
  /** Every plan that was true at Stripe since `settled`; what a read during an outage may answer. */
  readonly plans: Set<string>;
}

/** One attack: a Stripe nobody here wrote the server for, servers seen from outside, people, and what was done so far. */
export interface Attack {
  readonly stripe: HostileStripe;
  readonly servers: AttackedServers;
  readonly courier: Courier;
  readonly draws: Draws;
  readonly victims: readonly Victim[];
  /** They never buy; nothing may ever reach them. */
  readonly bystanders: readonly [BrowserUser, BrowserUser];
  /** How events end that do not simply have to be processed. */
  readonly ends: Map<string, string>;
  /** Act → how often. */
  readonly done: Map<string, number>;
  /** Everybody goes to our checkout. */
  open(): Promise<void>;
  /** Every lie there is, about everybody. */
  lie(): void;
  /** From now on only what is true from now on may be read. */
  forgetPlans(): void;
  /** Everybody lives so many moments, in any order, side by side. */
  live(moments: number): Promise<void>;
  stop(): Promise<void>;
}

/** How often what happens: a lie, a sale without our checkout, a page of ours that stays unpaid. */
export interface Habits {
  readonly lies: number;
  readonly sales: number;
  readonly unpaid: number;
}
const USUAL: Habits = { lies: 0.12, sales: 0.06, unpaid: 0.1 };
/** Most customers are made by hand, and lied about before the server knows whose they are. */
export const STRANGERS: Habits = { lies: 0.3, sales: 0.4, unpaid: 0.8 };

export interface AttackOptions {
  readonly seed: number;
  readonly victims: number;
  readonly servers?: number;
  /** Default: not while the attack lasts. */
  readonly reconcileSeconds?: number;
  readonly dialect?: Partial<Dialect>;
  /** Share of the events that never arrive. */
  readonly loses?: number;
  readonly habits?: Partial<Habits>;
}

/** Starts everything and lets everybody buy. */
export async function openAttack(options: AttackOptions): Promise<Attack> {
  const draws = drawsFrom(options.seed);
  const habits = { ...USUAL, ...options.habits };
  const stripe = await new HostileStripe({ ...dialectFrom(draws), ...options.dialect }).start();
  const servers = await startAttacked(stripe.url, {
    count: options.servers,
    reconcileSeconds: options.reconcileSeconds,
  });
  const courier = new Courier(servers.alive, { secret: SECRET, draws });
  courier.manner = { ...courier.manner, loses: options.loses ?? 0 };
  const ends = new Map<string, string>();
  const done = new Map<string, number>();
  const site = servers.urls[0] ?? "";
  const bystanders = [
    await new BrowserUser(site).signUp("Bystander"),
    await new BrowserUser(site).signUp("Witness"),
  ] as const;
  const count = (what: string) => void done.set(what, (done.get(what) ?? 0) + 1);

  /** Through our own checkout, when it lets them; a page may also stay unpaid. */
  async function buy({ user, account }: Victim): Promise<void> {
    const wish = draws.pick([{}, { trial: false }, { trial: true }]);
    const { status, body } = await user.post("/api/subscriptions/create-checkout", wish);
    count(`checkout ${status}${status === 200 ? "" : ` ${String(body["code"])}`}`);
    if (status !== 200 || draws.chance(habits.unpaid)) return;
    account.pay(String(body["sessionId"]));
  }

  /** Some of what a hostile network may slip in about somebody. */
  function lieAbout({ account, plans }: Victim, most: number): void {
    const lies = draws.shuffled(noiseAbout(account, [bystanders[0].id, bystanders[1].id])).slice(0, most);
    for (const { event, ends: end, claims } of lies) {
      if (end !== "processed") ends.set(String(event["id"]), end);
      if (claims) plans.add(claims);
      courier.send(event);
      count(`lie that must be ${end}`);
    }
  }

  async function moment(victim: Victim): Promise<void> {
    const { account } = victim;
    if (draws.chance(habits.lies)) return lieAbout(victim, 3);
    if (draws.chance(habits.sales)) return count(drawSale(account));
    const possible = drawAct(account);
    if (possible === null) return buy(victim);
    possible.act();
    count(possible.name);
  }

  const victims = await each(Array.from({ length: options.victims }), async (_, at): Promise<Victim> => {
    const user = await new BrowserUser(site).signUp(`Victim${at}`);
    const account = new HostileAccount(user.id, { stripe, draws, emit: courier.send });
    return { user, account, plans: new Set(["free"]) };
  });
  return {
    stripe,
    servers,
    courier,
    draws,
    victims,
    bystanders,
    ends,
    done,
    open: () => each(victims, buy).then(() => undefined),
    lie() {
      for (const victim of victims) lieAbout(victim, Number.POSITIVE_INFINITY);
    },
    forgetPlans() {
      for (const { plans, account } of victims) {
        plans.clear();
        plans.add(truthOf(account).subscription_status);
      }
    },
    async live(moments) {
      await Promise.all(
        victims.map(async (victim) => {
          for (let at = 0; at < moments; at += 1) {
            await wait(draws.below(150));
            await moment(victim);
            victim.plans.add(truthOf(victim.account).subscription_status);
          }
        }),
      );
    },
    async stop() {
      await servers.stop();
      await stripe.stop();
    },
  };
}
