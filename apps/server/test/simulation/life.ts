import type { Logger } from "@liveassist/api";
import type { Sql } from "@liveassist/db";
import { type Core, createCore } from "@liveassist/stripe-emulator/core";
import Stripe from "stripe";
import { Broken } from "./checks/broken.ts";
import { KnownState } from "./checks/known-state.ts";
import { type Effect, Effects, type Fault, type Verdict } from "./effects.ts";
import type { Figures } from "./figures.ts";
import { gatedDatabase } from "./gated-database.ts";
import { gatedFetch, Replicas } from "./gated-stripe.ts";
import { type Letter, letterOf } from "./letters.ts";
import { Observations } from "./observations.ts";
import { noteOwners } from "./owners.ts";
import type { Seen } from "./rules-oracle.ts";
import { type Draws, drawsFrom } from "./seeded-draws.ts";
import { type ServedProcess, startProcess } from "./served-process.ts";
import { StripeTruth } from "./stripe-truth.ts";
import { processOf, VirtualTime } from "./virtual-time.ts";

const START = Date.UTC(2026, 10, 21, 12);
/** Our endpoint hears of a few events it has no use for. */
const UNHANDLED_HEARD = 0.1;

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Checkout pages we gave them, newest last. */
  readonly pages: string[];
}

/** Something asked of a process and not answered yet. */
export interface Errand {
  readonly server: string;
  readonly what: string;
  readonly since: number;
}

/** Two processes, Stripe, people and time: everything one seed plays with. */
export class Life {
  readonly core: Core;
  /** Stripe's API past all faults, for people outside. */
  readonly outside: Stripe;
  readonly effects = new Effects();
  readonly time: VirtualTime;
  readonly draws: Draws;
  readonly replicas = new Replicas();
  readonly observations = new Observations();
  readonly people: Person[] = [];
  readonly letters: Letter[] = [];
  readonly errands = new Set<Errand>();
  readonly story: string[] = [];
  /** What is wrong: found by whoever looks, and the end of the run. */
  readonly faults: string[] = [];
  /** Whose a customer is; null: nobody's, because Stripe contradicts itself or names no one. */
  readonly owners = new Map<string, string | null>();
  /** Customers whose contradiction was deleted at Stripe: whose they are may be told either way. */
  readonly unclear = new Set<string>();
  readonly state = new KnownState();
  /** Answers people got in this step, not yet compared with what was so while they waited. */
  readonly heard: Heard[] = [];
  readonly figures: Figures;
  readonly sql: Sql;
  processes: ServedProcess[] = [];
  truth!: StripeTruth;
  offer!: { priceId: string; productId: string; otherPriceId: string; foreignPriceId: string };
  step = 0;
  wrote = true;
  stripeMoved = true;
  databaseFaults = 0;
  /** How every call of Stripe's API fails now; null: it does not. */
  outage: Fault | null = null;
  #started = 0;

  constructor(sql: Sql, seed: number, figures: Figures) {
    this.sql = sql;
    this.figures = figures;
    this.draws = drawsFrom(seed ^ 0x5eed);
    this.core = createCore({ now: START, seed });
    this.time = new VirtualTime(() => this.core.now());
    this.outside = new Stripe("sk_test_outside", {
      httpClient: Stripe.createFetchHttpClient(this.core.fetch),
      maxNetworkRetries: 0,
      telemetry: false,
    });
    const readings = drawsFrom(seed ^ 0xbead);
    this.effects.passes = (kind, label) =>
      kind === "statement" && label.startsWith("select") && readings.fraction() < 0.7;
  }

  async begin(): Promise<void> {
    this.time.install(this.draws.below(2 ** 31));
    await this.#openShop();
    this.core.onEvent((event) => this.#post(event));
    this.startProcess();
    this.startProcess();
  }

  end(): void {
    for (const process of this.processes) this.kill(process.name);
    this.time.uninstall();
  }

  now(): number {
    return this.core.now();
  }

  tell(line: string): void {
    this.story.push(line);
  }

  startProcess(): void {
    const name = `server ${++this.#started}`;
    const gate = { effects: this.effects, server: name };
    const watched = {
      onWrite: () => {
        this.wrote = true;
      },
      onNumber: (seq: number, askedAt: number) => this.observations.drawn(seq, { step: this.step, askedAt }),
      onDeath: (server: string) => this.kill(server),
    };
    const db = gatedDatabase({ ...gate, sql: this.sql, watched, now: () => this.now() });
    const fetch = gatedFetch({
      ...gate,
      core: this.core,
      replicas: this.replicas,
      step: () => this.step,
      onCall: () => {
        this.stripeMoved = true;
      },
    });
    const parts = { name, db, fetch, now: () => this.now(), draws: this.draws, log: this.#logger(name) };
    this.processes.push(startProcess(parts));
  }

  kill(name: string): void {
    if (this.effects.isDead(name)) return;
    for (const request of this.effects.kill(name)) this.#mayArrive(request);
    this.time.forget(name);
    this.processes = this.processes.filter((process) => process.name !== name);
    for (const errand of this.errands) if (errand.server === name) this.errands.delete(errand);
  }

  /** Asks a process for something; what comes of it is heard unless the process dies. */
  ask<T>(server: ServedProcess, what: string, errand: Ask<T>): void {
    const open: Errand = { server: server.name, what, since: this.step };
    this.errands.add(open);
    const faults = this.databaseFaults;
    const ended = (end: () => void): void => {
      if (this.effects.isDead(server.name)) return;
      this.errands.delete(open);
      end();
    };
    processOf.run(server.name, () => {
      errand.work(server).then(
        (answer) => ended(() => errand.done?.(answer, open)),
        (error: unknown) => ended(() => errand.failed?.(error, this.databaseFaults > faults)),
      );
    });
  }

  /** Lets an effect through, one way or another, and waits until everything waits again. */
  async release(effect: Effect, verdict: Verdict): Promise<void> {
    this.effects.take(effect).settle(verdict);
    await this.effects.settled();
  }

  /** A step is over: what has become of everything is looked at. Throws `Broken` with what is wrong. */
  async lookAround(): Promise<void> {
    this.step += 1;
    if (this.stripeMoved) {
      this.truth.note(this.step);
      noteOwners(this.core, this.owners);
    }
    this.stripeMoved = false;
    await this.state.look(this);
    const [fault] = this.faults;
    if (fault !== undefined) throw new Broken(fault);
  }

  async runTimers(): Promise<void> {
    for (let run = this.time.takeDue(); run !== null; run = this.time.takeDue()) {
      run();
      await this.effects.settled();
    }
  }

  /** A killed process had asked Stripe for something that was on its way: Stripe gets it, or not. */
  #mayArrive(request: Effect): void {
    if (this.draws.fraction() < 0.5) request.settle({ kind: "ok" });
  }

  #post(event: Stripe.Event): void {
    this.stripeMoved = true;
    const isOurs = /^(checkout|customer\.(subscription|deleted)|invoice\.pa|charge\.(refunded|dispute))/.test(
      event.type,
    );
    if (isOurs || this.draws.fraction() < UNHANDLED_HEARD) this.letters.push(letterOf(event));
  }

  async #openShop(): Promise<void> {
    const { prices, products } = this.outside;
    const product = await products.create({ name: "LiveAssist Permission" });
    const recurring = { interval: "month" } as const;
    const make = (more: Partial<Stripe.PriceCreateParams>) =>
      prices.create({ currency: "sek", recurring, product: product.id, unit_amount: 3900, ...more });
    const price = await make({ lookup_key: "liveassist_monthly" });
    const other = await make({ unit_amount: 4900 });
    const foreignProduct = await products.create({ name: "Another product" });
    const foreign = await make({ product: foreignProduct.id, unit_amount: 9900 });
    this.offer = {
      priceId: price.id,
      productId: product.id,
      otherPriceId: other.id,
      foreignPriceId: foreign.id,
    };
    this.truth = new StripeTruth(this.core, this.offer);
  }

  /** A failure that is a mistake of ours shows in the log as an error of the language. */
  #logger(name: string): Logger {
    const look = (fields: Record<string, unknown>): void => {
      const error = fields["err"];
      const isOurs =
        error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
      if (isOurs && error.message !== "fetch failed") this.faults.push(`${name} stumbled: ${error.stack}`);
    };
    return { debug: () => {}, info: () => {}, warn: look, error: look };
  }
}

export interface Heard {
  readonly userId: string;
  readonly plan: Seen;
  readonly what: string;
  readonly since: number;
}

export interface Ask<T> {
  readonly work: (server: ServedProcess) => Promise<T>;
  readonly done?: (answer: T, errand: Errand) => void;
  readonly failed?: (error: unknown, databaseFailed: boolean) => void;
}
