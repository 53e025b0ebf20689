/** What becomes of an effect that waits to be let through. */
export type Verdict =
  | { readonly kind: "ok" }
  /** Nothing was done, and the caller hears of it. */
  | { readonly kind: "fail"; readonly fault: Fault }
  /** It was done; only the answer got lost. */
  | { readonly kind: "lost" }
  /** A transaction whose process dies as it issues its n-th statement, or before it hears of the commit. */
  | { readonly kind: "die"; readonly statement: number };

export type Fault = "429" | "500" | "500-bare" | "cut" | "timeout" | "stale";

export type EffectKind = "statement" | "transaction" | "request" | "answer";

/** Something a process awaits: it has asked, and the world has not moved on it yet. */
export interface Effect {
  readonly id: number;
  readonly server: string;
  readonly kind: EffectKind;
  readonly label: string;
  readonly settle: (verdict: Verdict) => void;
}

const QUIET_TURNS = 3;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const OK: Verdict = { kind: "ok" };

/**
 * Every awaited effect of every process, parked until the scheduler lets it through. One piece of code runs at a time,
 * so a run is the same for the same seed although the database is real.
 */
export class Effects {
  readonly parked: Effect[] = [];
  readonly #dead = new Set<string>();
  #passing: Effect[] = [];
  #made = 0;
  #inFlight = 0;
  #activity = 0;
  #landed: (() => void) | null = null;
  /** True: passes at once, in order, without being counted as a step. */
  passes: (kind: EffectKind, label: string) => boolean = () => false;

  /** Waits until the scheduler decides. A dead process waits for ever. */
  park(server: string, kind: EffectKind, label: string): Promise<Verdict> {
    this.#activity += 1;
    if (this.#dead.has(server)) return new Promise(() => {});
    return new Promise((settle) => {
      const effect = { id: ++this.#made, server, kind, label, settle };
      if (this.passes(kind, label)) this.#passing.push(effect);
      else this.parked.push(effect);
    });
  }

  take(effect: Effect): Effect {
    this.parked.splice(this.parked.indexOf(effect), 1);
    return effect;
  }

  isDead(server: string): boolean {
    return this.#dead.has(server);
  }

  /** A killed process: whatever it awaits never comes. Answers what it had asked Stripe for and Stripe may still get. */
  kill(server: string): Effect[] {
    this.#dead.add(server);
    const own = this.parked.filter((effect) => effect.server === server);
    for (const effect of own) this.take(effect);
    this.#passing = this.#passing.filter((effect) => effect.server !== server);
    return own.filter((effect) => effect.kind === "request");
  }

  /** Runs real input or output; the world stands still meanwhile. */
  async fly<T>(work: () => Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
      this.#activity += 1;
      if (this.#inFlight === 0) this.#landed?.();
    }
  }

  /** Resolves when all code waits: everything that can run without the scheduler has run. */
  async settled(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; ) {
      const before = this.#activity;
      if (this.#inFlight > 0) {
        await new Promise<void>((resolve) => {
          this.#landed = resolve;
        });
        quiet = 0;
        continue;
      }
      await turn();
      quiet = before === this.#activity && this.#inFlight === 0 ? quiet + 1 : 0;
      const next = quiet === QUIET_TURNS ? this.#passing.shift() : undefined;
      if (next === undefined) continue;
      quiet = 0;
      next.settle(OK);
    }
  }
}
