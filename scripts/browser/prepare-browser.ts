import { findBrowser, NO_BROWSER } from "./find-browser.ts";

/** Global setup of the browser tests: finds or unpacks the browser once, before any worker needs it. */
export default async function prepareBrowser(): Promise<void> {
  const found = await findBrowser();
  if (!found) throw new Error(NO_BROWSER);
  console.log(`browser tests use ${found.path} (${found.from})`);
}
