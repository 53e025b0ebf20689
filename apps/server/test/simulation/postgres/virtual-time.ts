import { AsyncLocalStorage } from "node:async_hooks";
import { drawsFrom } from "../seeded-draws.ts";

interface Timer {
  readonly id: number;
  due: number;
  readonly every: number | null;
  readonly run: () => void;
  readonly owner: string | undefined;
}

/** Whose code runs: timers belong to the process that set them, and end with it. */
export const processOf = new AsyncLocalStorage<string>();

const REAL = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  random: Math.random,
};

/** Timers and chance of the whole process under the simulation's control: nothing happens by itself. */
export class VirtualTime {
  readonly #timers = new Map<number, Timer>();
  readonly #now: () => number;
  #made = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes over until `uninstall`. Whatever was set before keeps its real timer. */
  install(seed: number): void {
    const set =
      (every: boolean) =>
      (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
        this.#set(() => run(...args), ms ?? 0, every);
    const clear = (timer: unknown): void => this.#clear(timer);
    Object.assign(globalThis, {
      setTimeout: set(false),
      setInterval: set(true),
      clearTimeout: clear,
      clearInterval: clear,
    });
    Math.random = drawsFrom(seed).fraction;
  }

  uninstall(): void {
    const { random, ...timers } = REAL;
    Object.assign(globalThis, timers);
    Math.random = random;
    this.#timers.clear();
  }

  /** The next timer that is due, taken out of the list or put off by its period; null: none is. */
  takeDue(): (() => void) | null {
    const now = this.#now();
    const due = [...this.#timers.values()].filter((timer) => timer.due <= now);
    const first = due.sort((a, b) => a.due - b.due || a.id - b.id)[0];
    if (!first) return null;
    // Like a machine that slept: however long it was, an interval fires once.
    if (first.every === null) this.#timers.delete(first.id);
    else first.due = now + first.every;
    return first.run;
  }

  /** A process was killed: its timers are gone. */
  forget(owner: string): void {
    for (const timer of this.#timers.values()) if (timer.owner === owner) this.#timers.delete(timer.id);
  }

  #set(run: () => void, ms: number, every: boolean) {
    const id = ++this.#made;
    const inContext = AsyncLocalStorage.snapshot();
    const period = Math.max(1, ms);
    this.#timers.set(id, {
      id,
      due: this.#now() + period,
      every: every ? period : null,
      run: () => inContext(run),
      owner: processOf.getStore(),
    });
    const handle = {
      id,
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      [Symbol.toPrimitive]: () => id,
    };
    return handle;
  }

  #clear(timer: unknown): void {
    if (typeof timer === "object" && timer !== null && "id" in timer && typeof timer.id === "number")
      this.#timers.delete(timer.id);
    else if (typeof timer === "number") this.#timers.delete(timer);
    else REAL.clearTimeout(timer as NodeJS.Timeout);
  }
}
