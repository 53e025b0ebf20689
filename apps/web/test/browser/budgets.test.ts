import { gzipSync } from "node:zlib";
import type { Browser, Page, Request } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { Person } from "../support/person.ts";
import { type Product, startProduct } from "../support/start-product.ts";

/** Gzipped JavaScript in bytes (design, "Budgets"). */
const LANDING = 90_000;
const FIRST_SIGNED_IN = 150_000;

let browser: Browser;
let product: Product;

beforeAll(async () => {
  [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

it("keeps the landing page and the first signed-in page light", async () => {
  const person = await Person.arrives(browser, { url: product.url, name: "Ida" });
  const page = await person.openTab();
  const landing = await weighScripts(page);
  await person.signUp(page);
  const signedIn = await weighScripts(page);
  expect(landing, `landing ${kb(landing)}`).toBeLessThanOrEqual(LANDING);
  expect(signedIn, `first signed-in page ${kb(signedIn)}`).toBeLessThanOrEqual(FIRST_SIGNED_IN);
  await person.leave();
});

const kb = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** Loads the page anew and adds up every script it fetches. */
async function weighScripts(page: Page): Promise<number> {
  const scripts = new Set<string>();
  const note = (request: Request) => {
    if (request.url().endsWith(".js")) scripts.add(request.url());
  };
  page.on("request", note);
  await page.reload({ waitUntil: "networkidle" });
  page.off("request", note);
  let sum = 0;
  for (const script of scripts) sum += gzipSync(await (await page.request.get(script)).body()).length;
  return sum;
}
