import { setTimeout } from "node:timers/promises";
import { isTransient, retryDelay } from "./billing/fail-events.ts";
import type { Deps } from "./deps.ts";

/** A database that is away for a moment must not end a live procedure: it is asked again until the socket goes. */
export async function untilRead<T>(
  deps: Deps,
  signal: AbortSignal | undefined,
  read: () => Promise<T>,
): Promise<T> {
  for (let attempts = 0; ; attempts++) {
    try {
      return await read();
    } catch (error) {
      if (!isTransient(error) || signal?.aborted) throw error;
      deps.log.warn({ err: error, attempts }, "a live procedure could not read; trying again");
      await setTimeout(Math.min(retryDelay(attempts, deps.random.fraction()), 2_000));
    }
  }
}
