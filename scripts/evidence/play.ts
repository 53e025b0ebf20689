import type { Browser } from "playwright-core";
import type { RunFolder } from "./run-folder.ts";
import type { Runbook } from "./runbook.ts";

/** What an act works with. */
export interface Play {
  readonly browser: Browser;
  readonly folder: RunFolder;
  readonly runbook: Runbook;
  /** The product's address, and its Stripe emulator's. */
  readonly url: string;
  readonly emulatorUrl: string;
}

/** Asks again until it is so; throws the sentence when it is not within 30 s. */
export async function until(sentence: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not within 30 s: ${sentence}`);
    await new Promise((again) => setTimeout(again, 100));
  }
}
