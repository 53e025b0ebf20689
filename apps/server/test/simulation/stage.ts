import { type Core, createCore } from "@liveassist/stripe-emulator/core";
import Stripe from "stripe";
import { Broken } from "./checks/broken.ts";
import { KnownState } from "./checks/known-state.ts";
import type { Fault } from "./effects.ts";
import type { Figures } from "./figures.ts";
import { type Letter, letterOf, type Seal } from "./letters.ts";
import { Observations } from "./observations.ts";
import { openShop, type Shop } from "./open-shop.ts";
import { noteOwners } from "./owners.ts";
import { Replicas } from "./replicas.ts";
import type { Rows } from "./rows.ts";
import type { Seen } from "./rules-oracle.ts";
import { type Draws, drawsFrom } from "./seeded-draws.ts";
import { StripeTruth } from "./stripe-truth.ts";

const START = Date.UTC(2026, 10, 21, 12);
/** Our endpoint hears of a few events it has no use for. */
const UNHANDLED_HEARD = 0.1;
const HANDLED = /^(checkout|customer\.(subscription|deleted)|invoice\.pa|charge\.(refunded|dispute))/;

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Checkout pages we gave them, newest last. */
  readonly pages: string[];
}

/** An answer that somebody got in this step. */
export interface Heard {
  readonly userId: string;
  readonly plan: Seen;
  readonly what: string;
  /** The step in which it was asked. */
  readonly since: number;
  /** It was to be asked from Stripe, and not to be older than the question. */
  readonly fresh: boolean;
}

/** Stripe, people, network and time, and what must hold: what both worlds have in common. */
export abstract class Stage {
  readonly core: Core;
  /** Stripe's API past all faults, for people outside. */
  readonly outside: Stripe;
  readonly draws: Draws;
  readonly figures: Figures;
  readonly replicas = new Replicas();
  readonly observations = new Observations();
  readonly people: Person[] = [];
  readonly letters: Letter[] = [];
  readonly story: string[] = [];
  /** What is wrong: found by whoever looks, and the end of the run. */
  readonly faults: string[] = [];
  /** Whose a customer is; null: nobody's, because Stripe contradicts itself or names no one. */
  readonly owners = new Map<string, string | null>();
  /** Customers whose contradiction was deleted at Stripe: whose they are may be told either way. */
  readonly unclear = new Set<string>();
  readonly state = new KnownState();
  readonly heard: Heard[] = [];
  /** The step in which each event was first stored. */
  readonly storedIn = new Map<string, number>();
  truth!: StripeTruth;
  offer!: Shop;
  step = 0;
  /** Rows may have changed, Stripe may have changed, since the last look. */
  wrote = true;
  stripeMoved = true;
  /** How every call of Stripe's API fails now; null: it does not. */
  outage: Fault | null = null;

  constructor(seed: number, figures: Figures) {
    this.figures = figures;
    this.draws = drawsFrom(seed ^ 0x5eed);
    this.core = createCore({ now: START, seed });
    this.outside = new Stripe("sk_test_outside", {
      httpClient: Stripe.createFetchHttpClient(this.core.fetch),
      maxNetworkRetries: 0,
      telemetry: false,
    });
  }

  abstract signUp(person: Person): Promise<void>;
  /** One of the places where a request can arrive, as people would call it; null: none is up. */
  abstract deliver(letter: Letter, how: { seal: Seal; at: number }): void;
  /** Time has passed: what of ours fires by itself, fires. */
  abstract afterTime(): Promise<void>;
  abstract readRows(afterOutboxId: number): Promise<Rows>;

  protected async openStripe(): Promise<void> {
    this.offer = await openShop(this.outside);
    this.truth = new StripeTruth(this.core, this.offer);
    this.core.onEvent((event) => this.#post(event));
  }

  now(): number {
    return this.core.now();
  }

  tell(line: string): void {
    this.story.push(line);
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

  #post(event: Stripe.Event): void {
    this.stripeMoved = true;
    if (HANDLED.test(event.type) || this.draws.fraction() < UNHANDLED_HEARD)
      this.letters.push(letterOf(event));
  }
}
