import { readStored } from "./stored.ts";

/** Shows what arrives and what it changes, for whoever sets `liveassist.debug` to `1`; silent otherwise (requirements R36). */
export function debugLog(what: string, detail: unknown): void {
  if (readStored("liveassist.debug") !== "1") return;
  // biome-ignore lint/suspicious/noConsole: the one place that may, and only when asked to.
  console.info(`[liveassist] ${what}`, detail);
}
