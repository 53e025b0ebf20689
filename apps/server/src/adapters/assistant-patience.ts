/** How long a provider may be silent, in milliseconds. */
export interface Patience {
  /** Until the first piece of a step: a model that thinks before it speaks needs its time. */
  readonly firstMs: number;
  readonly betweenMs: number;
  readonly wholeMs: number;
  /** Before the second try. */
  readonly pauseMs: number;
}

export const PATIENCE: Patience = { firstMs: 60_000, betweenMs: 30_000, wholeMs: 600_000, pauseMs: 400 };

/** The provider said nothing for too long. */
export class SilenceError extends Error {
  override readonly name = "SilenceError";
}

/** Watches over one try: its signal fires when the provider is silent for too long, or when it is given up. */
export interface Watch {
  readonly signal: AbortSignal;
  /** A step begins: the provider has the longer time again. */
  expectFirst(): void;
  heard(): void;
  /** Ends the watch, and the call with it. */
  end(): void;
}

/** Starts watching. Aborts with a `SilenceError`. */
export function watchSilence(patience: Patience): Watch {
  const controller = new AbortController();
  const giveUp = (what: string) => controller.abort(new SilenceError(`${what}: the provider is silent`));
  const whole = setTimeout(giveUp, patience.wholeMs, "the whole reply");
  let next = setTimeout(giveUp, patience.firstMs, "the first piece");
  const wait = (ms: number, what: string) => {
    clearTimeout(next);
    next = setTimeout(giveUp, ms, what);
  };
  return {
    signal: controller.signal,
    expectFirst: () => wait(patience.firstMs, "the first piece"),
    heard: () => wait(patience.betweenMs, "the next piece"),
    end() {
      clearTimeout(whole);
      clearTimeout(next);
      controller.abort();
    },
  };
}
