import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { Person } from "../support/person.ts";
import { countKept, give, type PickedFile, picture } from "../support/picked-files.ts";
import { type Product, startProduct } from "../support/start-product.ts";

let browser: Browser;
let product: Product;

beforeAll(async () => {
  [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const tiles = (page: Page, phase: string): Locator => page.locator(`li[data-phase="${phase}"]`);
const field = (page: Page): Locator => page.getByRole("textbox", { name: /message/i });
const count = async (found: Locator, expected: number): Promise<void> => {
  await expect.poll(() => found.count(), { timeout: 10_000 }).toBe(expected);
};
const pick = (page: Page, files: readonly PickedFile[]): Promise<void> =>
  page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([...files]);

async function openChat(name: string, options: BrowserContextOptions = {}) {
  const person = await Person.arrives(browser, { url: product.url, name, ...options });
  const page = await person.openTab();
  await person.signUp(page);
  await page.goto(`${product.url}/liveassist`);
  await field(page).waitFor();
  return { person, page };
}

it("leaves a file to the tab that has it, and hands it on when that tab is closed", async () => {
  const { person, page } = await openChat("Jona");
  const other = await person.openTab("/liveassist");
  await other.getByText("0 of 2 images today").waitFor();
  await pick(page, [picture("one.png"), picture("two.png"), picture("three.png")]);
  await count(tiles(page, "ready"), 2);
  // Without a look at it: usage is told from tab to tab.
  await other.getByText("2 of 2 images today").waitFor();
  await other.reload();
  await other.getByText("2 of 2 images today").waitFor();
  await count(other.locator("li[data-phase]"), 0);
  await page.close();
  await count(tiles(other, "ready"), 2);
  await count(tiles(other, "held"), 1);
  expect(person.complaints).toEqual([]);
  await person.leave();
});

it("goes with the message, and does not come back with the next page", async () => {
  const { person, page } = await openChat("Kajsa");
  await pick(page, [picture("sent.png"), picture("second.png"), picture("held.png")]);
  await page.getByRole("button", { name: "Continue with text only" }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
  await count(tiles(page, "ready"), 2);
  await field(page).fill("Look at these");
  await page.keyboard.press("Enter");
  await count(tiles(page, "ready"), 0);
  await count(tiles(page, "held"), 1);
  await expect
    .poll(() => page.locator('img[src*="/api/liveassist/files/"]').count(), { timeout: 10_000 })
    .toBe(2);
  await page.reload();
  await count(tiles(page, "held"), 1);
  await count(tiles(page, "ready"), 0);
  expect(person.complaints).toEqual([]);
  await person.leave();
});

it("gives back what was picked for a chat that is deleted", async () => {
  const { person, page } = await openChat("Liv");
  await field(page).fill("The first");
  await page.keyboard.press("Enter");
  await page.getByText("The first", { exact: true }).first().waitFor();
  await pick(page, [picture("one.png"), picture("two.png")]);
  await page.getByText("2 of 2 images today").waitFor();
  await page.getByRole("button", { name: "Chats" }).click();
  await page.getByRole("button", { name: "Delete “The first”" }).click();
  await page.getByRole("button", { name: "Delete chat" }).click();
  await page.getByText("0 of 2 images today").waitFor();
  await count(page.locator("li[data-phase]"), 0);
  await person.leave();
});

it("goes on by itself when the network comes back in the middle of a file", async () => {
  const { person, page } = await openChat("Love");
  const devtools = await person.context.newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_000_000 };
  await devtools.send("Network.emulateNetworkConditions", slow);
  await pick(page, [picture("large.png", 1500, "noise")]);
  const ring = page.getByRole("progressbar", { name: "Uploading large.png" });
  await expect.poll(async () => Number(await ring.getAttribute("aria-valuenow"))).toBeGreaterThan(20);
  await devtools.send("Network.emulateNetworkConditions", { ...slow, offline: true });
  await expect.poll(() => page.evaluate(() => navigator.onLine)).toBe(false);
  await devtools.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
  await count(tiles(page, "ready"), 1);
  await expect.poll(() => page.getByTestId("usage-hint").innerText()).toMatch(/^1 of 2/);
  await person.leave();
});

it("leaves nothing of a user's files on the device after signing out", async () => {
  const { person, page } = await openChat("Moa");
  await pick(page, [picture("one.png"), picture("two.png"), picture("three.png")]);
  await count(tiles(page, "ready"), 2);
  await expect.poll(() => countKept(page)).toBe(6);
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("nav:visible").getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("link", { name: "Create a free account" }).waitFor();
  expect(await countKept(page)).toBe(0);
  await person.leave();
});

for (const colorScheme of ["light", "dark"] as const) {
  it(`leaves nobody out of files and limits, in ${colorScheme}`, async () => {
    const viewport = colorScheme === "light" ? { width: 1280, height: 800 } : { width: 360, height: 740 };
    const { person, page } = await openChat("Nils", { colorScheme, reducedMotion: "reduce", viewport });
    await pick(page, [picture("one.png", 300, [180, 90, 60]), picture("two.png"), picture("three.png")]);
    await count(tiles(page, "ready"), 2);
    await page.getByRole("dialog").waitFor();
    await looksFine(page, `limit-${colorScheme}`);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await give(page, "drop", [
      { name: "plan.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") },
    ]);
    await count(tiles(page, "failed"), 1);
    await page.getByRole("button", { name: "Add a video" }).focus();
    await looksFine(page, `tray-${colorScheme}`);
    const removing = page.getByRole("button", { name: "Remove plan.pdf" });
    await removing.focus();
    await page.keyboard.press("Enter");
    // The focus stays among the files: its button is gone.
    await expect.poll(() => page.locator("li[data-phase] button:focus").count()).toBe(1);
    expect(person.complaints).toEqual([]);
    await person.leave();
  });
}

/** No rule of WCAG 2.2 AA broken, every button large enough, nothing wider than the screen. */
async function looksFine(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("form button, [role=dialog] button")]
      .filter((button) => button.getBoundingClientRect().height > 0)
      .filter((button) => {
        const { width, height } = button.getBoundingClientRect();
        return width < 44 || height < 44;
      })
      .map((button) => button.outerHTML.slice(0, 120)),
  );
  expect(small).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}
