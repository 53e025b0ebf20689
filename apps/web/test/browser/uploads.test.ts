import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { payOnCheckoutPage } from "../support/pay-on-checkout-page.ts";
import { Person } from "../support/person.ts";
import { give, type PickedFile, picture, video } from "../support/picked-files.ts";
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
const dialog = (page: Page): Locator => page.getByRole("dialog", { name: "No images left today" });
const field = (page: Page): Locator => page.getByRole("textbox", { name: /message/i });
const hint = (page: Page): Promise<string> => page.getByTestId("usage-hint").innerText();
const count = async (found: Locator, expected: number): Promise<void> => {
  await expect.poll(() => found.count(), { timeout: 10_000 }).toBe(expected);
};

async function openChat(name: string): Promise<{ person: Person; page: Page }> {
  const person = await Person.arrives(browser, { url: product.url, name });
  const page = await person.openTab();
  await person.signUp(page);
  await page.goto(`${product.url}/liveassist`);
  await field(page).waitFor();
  return { person, page };
}

const pick = (page: Page, files: readonly PickedFile[]): Promise<void> =>
  page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([...files]);

it("stops a free user before the third picture, keeps it over a reload, and sends it up once Premium is bought in another tab", async () => {
  const { person, page } = await openChat("Freja");
  const begun: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/liveassist/uploads"))
      begun.push(request.url());
  });
  await field(page).fill("What do you see?");
  await pick(page, [picture("one.png"), picture("two.png")]);
  await count(tiles(page, "ready"), 2);
  await expect.poll(() => hint(page)).toMatch(/^2 of 2 images today, resets at 00:00$/);

  await pick(page, [picture("three.png")]);
  await dialog(page).waitFor();
  await dialog(page).getByText("Daily image limit reached. Upgrade to send more images.").waitFor();
  await dialog(page).getByText("It resets at 00:00.").waitFor();
  expect(begun).toHaveLength(2);
  await dialog(page).getByRole("button", { name: "Upgrade" }).click();
  const upgrade = page.getByRole("dialog", { name: "LiveAssist Permission" });
  await expect
    .poll(() => upgrade.evaluate((box) => box.contains(document.activeElement)), { timeout: 10_000 })
    .toBe(true);
  await page.keyboard.press("Escape");
  await upgrade.waitFor({ state: "detached" });
  await pick(page, [picture("again.png")]);
  await dialog(page).getByRole("button", { name: "Continue with text only" }).click();
  await dialog(page).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Remove again.png" }).click();
  await count(tiles(page, "held"), 1);

  await page.reload();
  await count(tiles(page, "held"), 1);
  await count(tiles(page, "ready"), 2);
  expect(await field(page).inputValue()).toBe("What do you see?");
  await pick(page, [picture("four.png")]);
  await dialog(page).waitFor();

  const other = await person.openTab();
  await other.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
  await other.getByText("Skip the trial and pay now").click();
  await other.getByRole("button", { name: "Pay 39 SEK/month" }).click();
  await payOnCheckoutPage(other, product.url);
  await dialog(page).waitFor({ state: "detached" });
  await count(tiles(page, "ready"), 4);
  expect(begun).toHaveLength(4);
  expect(await page.getByTestId("usage-hint").count()).toBe(0);
  expect(person.complaints).toEqual([]);
  await person.leave();
});

it("goes on after a reload with what had arrived, as the same upload", async () => {
  const { person, page } = await openChat("Gus");
  const offsets: number[] = [];
  let begun = 0;
  page.on("request", (request) => {
    if (!request.url().includes("/api/liveassist/uploads")) return;
    if (request.method() === "POST") begun++;
    if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"]));
  });
  const devtools = await person.context.newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_500_000 };
  await devtools.send("Network.emulateNetworkConditions", slow);
  await pick(page, [picture("large.png", 2000, "noise")]);
  await expect.poll(() => offsets.some((offset) => offset >= 5_000_000), { timeout: 15_000 }).toBe(true);
  const before = offsets.length;
  await page.reload();
  await devtools.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
  await count(tiles(page, "ready"), 1);
  expect(offsets[before]).toBeGreaterThanOrEqual(5_000_000);
  expect(begun).toBe(1);
  expect(await hint(page)).toMatch(/^1 of 2/);
  expect(person.complaints).toEqual([]);
  await person.leave();
});

it("takes what is pasted, dropped and picked alike, names what it does not take, and gives back what is removed", async () => {
  const { person, page } = await openChat("Hedda");
  await field(page).focus();
  await give(page, "paste", [picture("pasted.png")]);
  await count(tiles(page, "ready"), 1);
  await give(page, "drop", [
    picture("dropped.png"),
    { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") },
  ]);
  await count(tiles(page, "ready"), 2);
  await page.getByText("SVG pictures are not supported. Export it as PNG and try again.").first().waitFor();
  await page.getByText("dropped.png uploaded").waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Remove drawing.svg" }).click();
  await page.getByRole("button", { name: "Remove pasted.png" }).click();
  await expect.poll(() => hint(page)).toMatch(/^1 of 2/);
  await pick(page, [picture("picked.png")]);
  await count(tiles(page, "ready"), 2);
  await page.reload();
  await count(tiles(page, "ready"), 2);
  // What lies about its type is found out by the server.
  await page.getByRole("button", { name: "Remove picked.png" }).click();
  await expect.poll(() => hint(page)).toMatch(/^1 of 2/);
  await pick(page, [
    { name: "liar.png", mimeType: "image/png", buffer: Buffer.from("not a picture at all") },
  ]);
  await page
    .getByText(/This file is not what its name says/)
    .first()
    .waitFor();
  await expect.poll(() => hint(page)).toMatch(/^1 of 2/);
  await person.leave();
});

it("says why a free user has no video, by keyboard too, and takes it with stills on Premium", async () => {
  const { person, page } = await openChat("Ivar");
  const button = page.getByRole("button", { name: "Add a video" });
  expect(await button.getAttribute("aria-disabled")).toBe("true");
  const reason = page.getByRole("tooltip");
  await button.focus();
  await expect.poll(() => reason.getAttribute("data-shown")).toBe("true");
  expect(await reason.innerText()).toBe("Video upload requires Premium");
  expect(await button.getAttribute("aria-describedby")).toBe(await reason.getAttribute("id"));
  const clip = await video(page, "clip.webm");
  await give(page, "paste", [clip]);
  await tiles(page, "held").getByText("Video upload requires Premium").waitFor();
  const stills: string[] = [];
  page.on("request", (request) => {
    const metadata = request.headers()["upload-metadata"];
    if (request.method() === "POST" && metadata?.includes("frameof")) stills.push(metadata);
  });
  await tiles(page, "held").getByRole("button", { name: "Upgrade" }).click();
  await page.getByText("Skip the trial and pay now").click();
  await page.getByRole("button", { name: "Pay 39 SEK/month" }).click();
  await payOnCheckoutPage(page, product.url);
  await page.getByTestId("premium-badge").waitFor();
  await page.goto(`${product.url}/liveassist`);
  await count(tiles(page, "ready"), 1);
  // A clip is ready when the server has it; its stills go on after it, and the message waits for them.
  await expect.poll(() => stills.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  expect(await button.getAttribute("title")).toBe("Add a video, up to 200 MB");
  expect(person.complaints).toEqual([]);
  await person.leave();
});
