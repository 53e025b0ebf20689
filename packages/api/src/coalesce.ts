import type { Coalesce } from "./deps.ts";

/** Makes a coalescer: one piece of work a key at a time, its answer shared by all who asked meanwhile. */
export function createCoalesce(): Coalesce {
  const running = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const under = running.get(key);
    // The key names the work, and with it the type of its answer.
    if (under !== undefined) return under as Promise<T>;
    const started = work().finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}
