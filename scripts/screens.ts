// npm run screens [name…] [look…]: takes the pictures of docs/screens and writes their list. With names of screens or
// looks (phone-light …), only those.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "./browser/launch-browser.ts";
import { ALL_SCREENS } from "./screens/all-screens.ts";
import { findGaps } from "./screens/check-screens.ts";
import { compressPng } from "./screens/compress-png.ts";
import { runProduct } from "./screens/run-product.ts";
import { LOOKS, type Look, pictureOf, type Screen } from "./screens/screen.ts";
import { setStage } from "./screens/set-stage.ts";
import { writeList } from "./screens/write-list.ts";

const FOLDER = resolve(import.meta.dirname, "../docs/screens");
const asked = process.argv.slice(2).filter((word) => !isLook(word));
const looks = LOOKS.filter(({ name }) => !process.argv.some(isLook) || process.argv.includes(name));
const failed: string[] = [];

mkdirSync(FOLDER, { recursive: true });
const product = await runProduct();
const browser = await launchBrowser();
try {
  await Promise.all(looks.map((look) => takeAll(browser, look)));
} finally {
  await browser.close();
  await product.stop();
}
removeUnlisted();
writeList(FOLDER);
const gaps = [...failed, ...findGaps(FOLDER, ALL_SCREENS)];
for (const gap of gaps) console.error(gap);
console.log(`${ALL_SCREENS.length} screens in ${LOOKS.length} looks, ${gaps.length} gaps`);
process.exitCode = gaps.length === 0 ? 0 : 1;

function isLook(word: string): boolean {
  return LOOKS.some(({ name }) => name === word);
}

async function takeAll(shared: Browser, look: Look): Promise<void> {
  const visitor = await openContext(shared, look);
  const member = await openContext(shared, look);
  const email = await signUp(member);
  for (const screen of ALL_SCREENS) {
    if (asked.length > 0 && !asked.includes(screen.name)) continue;
    const newcomer = screen.who === "newcomer" ? await openContext(shared, look) : null;
    if (newcomer) await signUp(newcomer);
    const context = newcomer ?? (screen.who === "member" ? member : visitor);
    try {
      await take(context, { screen, look, email });
    } catch (error) {
      failed.push(`${screen.name} (${look.name}): ${error instanceof Error ? error.message : error}`);
    }
    await newcomer?.close();
  }
  await Promise.all([visitor.close(), member.close()]);
  console.log(`${look.name} done`);
}

function openContext(shared: Browser, { viewport, hasTouch, colorScheme }: Look): Promise<BrowserContext> {
  const place = { locale: "en-GB", timezoneId: "Europe/Stockholm" };
  // Without motion, so that no picture is taken in the middle of one.
  return shared.newContext({ ...place, viewport, hasTouch, colorScheme, reducedMotion: "reduce" });
}

async function signUp(context: BrowserContext): Promise<string> {
  const email = `anna.${crypto.randomUUID().slice(0, 6)}@example.com`;
  const data = { name: "Anna Lind", email, password: "correct horse battery" };
  const answer = await context.request.post(`${product.url}/api/auth/sign-up/email`, { data });
  if (!answer.ok()) throw new Error(`signing up answered ${answer.status()}`);
  return email;
}

async function take(context: BrowserContext, { screen, look, email }: Shot): Promise<void> {
  context.setDefaultTimeout(60_000);
  const stage = await setStage(context, { url: product.url, email });
  try {
    await screen.show(stage);
    await stage.page.evaluate("document.fonts.ready.then(() => true)");
    if (screen.tall) await growToThePage(stage.page, look);
    const png = await stage.page.screenshot({ animations: "disabled" });
    writeFileSync(join(FOLDER, pictureOf(screen.name, look.name)), compressPng(png));
  } finally {
    await context.setOffline(false);
    await stage.page.unrouteAll({ behavior: "ignoreErrors" });
    await stage.page.close();
  }
}

/** So that the bar at the bottom stands under the page, not across its middle. */
async function growToThePage(page: Page, { viewport }: Look): Promise<void> {
  const height = Number(await page.evaluate("document.documentElement.scrollHeight"));
  await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) });
}

interface Shot {
  screen: Screen;
  look: Look;
  email: string;
}

function removeUnlisted(): void {
  const wanted = new Set(ALL_SCREENS.flatMap(({ name }) => LOOKS.map((look) => pictureOf(name, look.name))));
  for (const file of readdirSync(FOLDER)) {
    if (file.endsWith(".png") && !wanted.has(file)) rmSync(join(FOLDER, file));
  }
}
