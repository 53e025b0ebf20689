// Starts the browser the tests would use and says which; ends with 1 and the reason if there is none.
import { findBrowser } from "./find-browser.ts";
import { launchBrowser } from "./launch-browser.ts";

try {
  const browser = await launchBrowser();
  console.log(`browser: ${browser.version()} at ${(await findBrowser())?.path}`);
  await browser.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
