import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { findBrowser, NO_BROWSER } from "./find-browser.ts";

// No sandbox, because tests also run as root; the rest keeps the browser from calling home.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a headless browser; close it when done. Throws the sentence that says what to install if there is none. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const found = await findBrowser();
  if (!found) throw new Error(NO_BROWSER);
  return chromium.launch({
    ...options,
    executablePath: found.path,
    args: [...FLAGS, ...(options.args ?? [])],
    env: { ...process.env, ...found.environment },
  });
}
