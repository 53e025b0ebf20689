import { setTimeout as wait } from "node:timers/promises";
import { deliver } from "./deliver.ts";
import type { Draws } from "./draws.ts";

type Event = Record<string, unknown>;

/** How unkind the network is. */
export interface Manner {
  /** Each copy is up to so many milliseconds late: so they arrive in any order, and side by side. */
  readonly delay: number;
  /** At most so many copies of one event. */
  readonly copies: number;
  /** Share of the events that never arrive. */
  readonly loses: number;
}

/** Stripe's deliveries as they are on a bad day: shuffled, repeated, late, side by side, lost; retried until a 2xx. */
export class Courier {
  readonly acknowledged = new Set<string>();
  readonly lost = new Set<string>();
  readonly answers = new Map<number, number>();
  slowest = 0;
  manner: Manner = { delay: 300, copies: 3, loses: 0 };
  private readonly urls: () => readonly string[];
  private readonly secret: string;
  private readonly draws: Draws;
  private readonly underWay = new Set<Promise<void>>();

  constructor(urls: () => readonly string[], { secret, draws }: { secret: string; draws: Draws }) {
    this.urls = urls;
    this.secret = secret;
    this.draws = draws;
  }

  readonly send = (event: Event): void => {
    const { delay, copies, loses } = this.manner;
    if (this.draws.chance(loses)) return void this.lost.add(String(event["id"]));
    const times = 1 + this.draws.below(copies);
    for (let copy = 0; copy < times; copy += 1) this.start(event, this.draws.below(delay + 1));
  };

  /** Every copy has been acknowledged. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private start(event: Event, delay: number): void {
    const trip = this.bring(JSON.stringify(event), String(event["id"]), delay).finally(() => {
      this.underWay.delete(trip);
    });
    this.underWay.add(trip);
  }

  private async bring(body: string, id: string, delay: number): Promise<void> {
    await wait(delay);
    for (;;) {
      const path = this.draws.pick(["/api/webhooks/stripe", "/api/subscriptions/webhook"] as const);
      const began = performance.now();
      const status = await deliver(this.draws.pick(this.urls()), body, { secret: this.secret, path }).then(
        (answer) => answer.status,
        () => 0,
      );
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
      if (status === 200) {
        this.slowest = Math.max(this.slowest, performance.now() - began);
        this.acknowledged.add(id);
        return;
      }
      await wait(100);
    }
  }
}
