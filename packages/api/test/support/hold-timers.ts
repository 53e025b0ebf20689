import { vi } from "vitest";

/**
 * Timers wait to be told, until `vi.useRealTimers()`; but what is only put off to the next turn happens, for so the driver
 * opens a connection, and a call that needs one more would wait for ever.
 */
export function holdTimers(): void {
  const next = globalThis.setTimeout;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const held = globalThis.setTimeout;
  const set = (work: () => void, ms?: number, ...rest: []) => (ms ? held : next)(work, ms, ...rest);
  globalThis.setTimeout = Object.assign(set, held);
}
