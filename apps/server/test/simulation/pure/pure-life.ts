import type { StripePort } from "@liveassist/api";
import type { Terms } from "../../../../../packages/api/src/billing/compute-rows.ts";
import type { User } from "../../../../../packages/api/src/billing/compute-settlement.ts";
import { Effects } from "../effects.ts";
import type { Figures } from "../figures.ts";
import type { Letter, Seal } from "../letters.ts";
import type { Rows } from "../rows.ts";
import { drawsFrom } from "../seeded-draws.ts";
import { type Person, Stage } from "../stage.ts";
import { memoryStripe } from "./memory-stripe.ts";
import { MemoryTables } from "./memory-tables.ts";
import { receiveInMemory } from "./receive-in-memory.ts";

const DAY = 86_400_000;

/** The pure rules over rows in memory: two workers, no database, no clock. */
export class PureLife extends Stage {
  readonly effects = new Effects();
  readonly tables = new MemoryTables();
  /** Pieces of work under way. */
  readonly errands = new Set<string>();
  workers: string[] = [];
  #started = 0;

  constructor(seed: number, figures: Figures) {
    super(seed, figures);
    const numbers = drawsFrom(seed ^ 0xbead);
    this.effects.passes = (kind) => kind === "answer" && numbers.fraction() < 0.5;
  }

  async begin(): Promise<void> {
    await this.openStripe();
    this.startWorker();
    this.startWorker();
  }

  get price() {
    const { priceId, productId } = this.offer;
    return { priceId, productId, amountOre: 3900, currency: "sek", interval: "month" };
  }

  terms(): Terms {
    const grace = { pastDueMs: 7 * DAY, trialVerifyMs: 3_600_000, periodVerifyMs: 2 * DAY };
    return { now: this.now(), price: this.price, grace };
  }

  stripeOf(worker: string): StripePort {
    return memoryStripe(this, this.effects, worker);
  }

  startWorker(): void {
    this.workers.push(`worker ${++this.#started}`);
  }

  kill(worker: string): void {
    this.effects.kill(worker);
    this.workers = this.workers.filter((name) => name !== worker);
    for (const errand of this.errands) if (errand.startsWith(worker)) this.errands.delete(errand);
  }

  async signUp({ id, name }: Person): Promise<void> {
    const at = new Date(this.now());
    const none = {
      subscriptionExpiry: null,
      trialEndsAt: null,
      cancelAt: null,
      trialUsedAt: null,
      checkAt: null,
    };
    const user: User = {
      ...none,
      id,
      name,
      email: `${id}@example.com`,
      emailVerified: false,
      image: null,
      createdAt: at,
      updatedAt: at,
      role: "user",
      subscriptionStatus: "free",
      stripeStatus: "none",
      imageCounter: 0,
      xp: 0,
      version: 0,
      deletedAt: null,
    };
    this.tables.users.set(id, user);
  }

  deliver(letter: Letter, how: { seal: Seal; at: number }): void {
    receiveInMemory(this, letter, how);
  }

  async afterTime(): Promise<void> {}

  async readRows(afterOutboxId: number): Promise<Rows> {
    return this.tables.asRows(afterOutboxId);
  }
}
