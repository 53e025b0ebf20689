import { existsSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "../browser/launch-browser.ts";
import { runProduct } from "../screens/run-product.ts";
import { Actor } from "./actor.ts";
import { playChat } from "./acts/play-chat.ts";
import { playLimit } from "./acts/play-limit.ts";
import { playPurchase } from "./acts/play-purchase.ts";
import { playTrial } from "./acts/play-trial.ts";
import type { Judged } from "./claims/claim.ts";
import { collectCommands, collectLog, collectRows } from "./collect.ts";
import { conclude } from "./conclude.ts";
import { keepConsole } from "./keep-console.ts";
import { type Play, until } from "./play.ts";
import { RunFolder } from "./run-folder.ts";
import { Runbook, type Step } from "./runbook.ts";
import { makeStamp } from "./stamp.ts";

interface Wanted {
  readonly root: string;
  /** Runs lie in here, each in a folder of its own. */
  readonly into: string;
  readonly onStep: (step: Step) => void;
}

/** Where the evidence lies, and what it shows. */
export interface Evidence {
  readonly path: string;
  readonly run: string;
  readonly judged: readonly Judged[];
}

/** Plays requirement R36 against a product that is started for it, and writes what came of it, also when it breaks off. */
export async function runEvidence({ root, into, onStep }: Wanted): Promise<Evidence> {
  const stamp = makeStamp(root);
  const folder = new RunFolder(join(into, stamp.run), stamp);
  const runbook = new Runbook(onStep);
  try {
    await playAll(folder, runbook);
  } catch {
    // The step has noted it; a claim that every step went well fails by it.
  }
  return { path: folder.path, run: stamp.run, judged: conclude(folder, runbook) };
}

async function playAll(folder: RunFolder, runbook: Runbook): Promise<void> {
  const product = await runbook.step(
    "operator",
    "starts the product as npm start does, with data of its own",
    () => runProduct({}),
  );
  try {
    const browser = await runbook.step("operator", "starts Chromium", () => launchBrowser());
    try {
      const play = { browser, folder, runbook, url: product.url, emulatorUrl: product.emulatorUrl() };
      try {
        await playPeople(play, product.dataDir);
        await runbook.step("operator", "runs npm run timeline and npm run reconcile beside it", () =>
          collectCommands(play, product.dataDir),
        );
      } finally {
        await runbook.step("operator", "reads the rows and the payloads", () =>
          collectRows(play, product.dataDir),
        );
      }
    } finally {
      await browser.close();
    }
  } finally {
    await runbook.step("operator", "stops the product", () =>
      product.stop(() => collectLog(folder, product.dataDir)),
    );
  }
}

async function playPeople(play: Play, dataDir: string): Promise<void> {
  const { runbook, folder } = play;
  const anna = await Actor.enters(play, {
    name: "a",
    email: "anna@example.com",
    viewport: { width: 1280, height: 800 },
  });
  const bo = await Actor.enters(play, {
    name: "b",
    email: "bo@example.com",
    viewport: { width: 390, height: 844 },
  });
  await runbook.step("operator", "waits for the demo accounts", () =>
    until("the demo accounts are made", async () =>
      existsSync(join(dataDir, "postgres", "demo-accounts-made")),
    ),
  );
  await runbook.step("A", "signs in, at a desk", () => anna.signIn());
  await runbook.step("B", "signs in, on a phone", () => bo.signIn());
  try {
    await playChat(play, anna);
    await playLimit(play, anna);
    await playPurchase(play, anna, bo);
  } finally {
    await keepConsole(folder, anna.recording, { name: "console/a.log", what: "The browser console of A" });
    await keepConsole(folder, bo.recording, { name: "console/b.log", what: "The browser console of B" });
  }
  // Before the time is moved: a month's limits and logins of these two are not what the trial is about.
  await Promise.all([anna.leave(), bo.leave()]);
  await playTrial(play);
}
