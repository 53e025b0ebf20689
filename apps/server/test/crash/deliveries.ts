import { setTimeout as pause } from "node:timers/promises";
import type { Emulator } from "@liveassist/stripe-emulator";
import { deliver } from "../support/deliver.ts";

const AT_ONCE = 6;
/** Stripe gives up waiting for an answer, too, and tries again. */
const TIMEOUT_MS = 15_000;

/** Stripe's side of the webhook: sends every event until it is acknowledged, some of them twice, several at once. */
export class Deliveries {
  /** Ids answered with 200. */
  readonly acknowledged = new Set<string>();
  /** When the latest acknowledgement came; epoch milliseconds. */
  acknowledgedAt = 0;
  /** Ids of those that must end as dead letters. */
  readonly doomed = new Set<string>();
  /** Answers that are neither 200 nor a failure that Stripe would try again after. */
  readonly refused: string[] = [];
  private readonly emulator: Emulator;
  private readonly to: { url: string; secret: string };
  private readonly chance: () => number;
  private readonly queue: object[] = [];
  private readonly copies = new Map<string, number>();
  /** Ids, not a count: the emulator forgets old events in between. */
  private readonly seen = new Set<string>();
  private held: object[] | null = null;
  private stopped = false;
  private readonly workers: Promise<void>[];

  constructor(emulator: Emulator, to: { url: string; secret: string }, chance: () => number) {
    this.emulator = emulator;
    this.to = to;
    this.chance = chance;
    this.workers = Array.from({ length: AT_ONCE }, () => this.work());
  }

  /** From now on events wait. */
  hold(): void {
    this.take();
    this.held ??= [];
  }

  /** Sends what waits, in an order of its own; with `lose`, it never comes instead. */
  release({ lose = false } = {}): void {
    this.take();
    const held = this.held ?? [];
    this.held = null;
    if (lose) return;
    this.queue.push(...held.sort(() => this.chance() - 0.5));
  }

  /** Sends something that Stripe did not make in the emulator; `doomed`: nobody can do anything with it. */
  send(event: { readonly id: string }, { doomed = false } = {}): void {
    if (doomed) this.doomed.add(event.id);
    this.queue.push(event);
  }

  /** Begins a new account of what was acknowledged. */
  forget(): void {
    this.acknowledged.clear();
    this.doomed.clear();
  }

  /** True when nothing waits to be acknowledged. */
  isIdle(): boolean {
    this.take();
    return this.queue.length === 0 && this.copies.size === 0;
  }

  /** What is on its way or waits, in words. */
  describe(): string {
    return `Stripe still tries to deliver ${this.queue.length} events, and waits for answers to ${[...this.copies.keys()].join(", ")}`;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.workers);
  }

  private take(): void {
    for (const event of this.emulator.events()) {
      if (this.seen.has(event.id)) continue;
      this.seen.add(event.id);
      const times = this.chance() < 0.2 ? 2 : 1;
      (this.held ?? this.queue).push(...Array.from({ length: times }, () => event));
    }
  }

  private async work(): Promise<void> {
    while (!this.stopped) {
      this.take();
      const event = this.queue.shift();
      if (event) await this.post(event);
      else await pause(10);
    }
  }

  private async post(event: object): Promise<void> {
    const { id } = event as { id: string };
    this.copies.set(id, (this.copies.get(id) ?? 0) + 1);
    const answered = deliver(this.to.url, event, { secret: this.to.secret }).then(
      (answer) => answer.status,
      () => 0,
    );
    const status = await Promise.race([answered, pause(TIMEOUT_MS, 0, { ref: false })]);
    if (status === 200) {
      this.acknowledged.add(id);
      this.acknowledgedAt = Date.now();
    } else if (status > 0 && status < 500) this.refused.push(`${id}: ${status}`);
    else {
      await pause(50);
      this.queue.push(event);
    }
    const left = (this.copies.get(id) ?? 1) - 1;
    if (left > 0) this.copies.set(id, left);
    else this.copies.delete(id);
  }
}
