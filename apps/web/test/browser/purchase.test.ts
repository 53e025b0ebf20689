import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { payOnCheckoutPage } from "../support/pay-on-checkout-page.ts";
import { Person } from "../support/person.ts";
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

const badge = (page: Page) => page.getByTestId("premium-badge");
const toast = (page: Page) => page.getByText("Premium activated — +250 XP awarded");
const FREE = { subscription_status: "free", xp: 0 };
const PAID = { subscription_status: "paid", stripe_status: "active", xp: 250 };

it("lights the badge in every tab of the one who paid, and of nobody else", async () => {
  const anna = await Person.arrives(browser, { url: product.url, name: "Anna" });
  const bo = await Person.arrives(browser, { url: product.url, name: "Bo" });
  const annas = await openTwoTabs(anna);
  const bos = await openTwoTabs(bo);
  expect(await anna.me()).toMatchObject(FREE);
  expect(await bo.me()).toMatchObject(FREE);

  await buyWithoutTrial(anna, annas);
  expect(await anna.me()).toMatchObject(PAID);
  expect(await bo.me()).toMatchObject(FREE);
  for (const tab of bos) {
    expect(await badge(tab).count()).toBe(0);
    expect(await tab.getByTestId("user-xp").innerText()).toBe("0 XP");
  }

  const annaBefore = await anna.me();
  await buyWithoutTrial(bo, bos);
  expect(await bo.me()).toMatchObject(PAID);
  expect(await anna.me()).toEqual(annaBefore);

  expect([...anna.complaints, ...bo.complaints]).toEqual([]);
  await anna.leave();
  await bo.leave();
});

it("tells a trial's start and shows its end, with nothing charged and no XP", async () => {
  const cleo = await Person.arrives(browser, { url: product.url, name: "Cleo" });
  const page = await cleo.openTab();
  await cleo.signUp(page);
  await page.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
  await page.getByRole("button", { name: "Start 5-day trial, then pay 39 SEK/month" }).click();
  await payOnCheckoutPage(page, product.url);
  await badge(page).waitFor();
  await page.getByText("Your 5-day trial has begun").waitFor();
  expect(await cleo.me()).toMatchObject({ subscription_status: "trial", xp: 0 });

  await page.locator("nav:visible").getByRole("link", { name: "Settings" }).click();
  await page.getByText(/^Trial, ends \d+ \w+ \d{4}, then 39 SEK\/month incl\. VAT$/).waitFor();
  await page.getByText("5 days left").waitFor();
  await page.getByRole("button", { name: "Cancel trial" }).click();
  await page.getByRole("button", { name: /^Cancel on \d+ \w+ \d{4}$/ }).click();
  // The button that was pressed is gone: its undoing has the focus.
  await page.locator("button:focus", { hasText: "Resume" }).click();
  await page.locator("button:focus", { hasText: "Cancel trial" }).waitFor();
  expect(cleo.complaints).toEqual([]);
  await cleo.leave();
});

it("is neutral to someone who leaves the payment page, and offers it again", async () => {
  const dan = await Person.arrives(browser, { url: product.url, name: "Dan" });
  const page = await dan.openTab();
  await dan.signUp(page);
  await page.goto(`${product.url}/?subscription=cancelled`);
  await page.getByText("Nothing was charged", { exact: false }).waitFor();
  await page.waitForURL(`${product.url}/`);
  await page.getByRole("button", { name: "Enable LiveAssist Permission" }).waitFor();
  expect(dan.complaints).toEqual([]);
  await dan.leave();
});

it("keeps the way back from payment for someone who has to sign in first", async () => {
  const eva = await Person.arrives(browser, { url: product.url, name: "Eva" });
  const page = await eva.openTab("/?subscription=success&session_id=cs_test_none");
  await page.waitForURL(/\/sign-in\?/);
  const kept = new URL(page.url()).searchParams;
  expect(kept.get("subscription")).toBe("success");
  expect(kept.get("session_id")).toBe("cs_test_none");
  expect(eva.complaints).toEqual([]);
  await eva.leave();
});

async function openTwoTabs(person: Person): Promise<[Page, Page]> {
  const first = await person.openTab();
  await person.signUp(first);
  const second = await person.openTab();
  await second.getByText("You are on the Free plan.").waitFor();
  // A reload would forget this.
  await second.evaluate(() => Object.assign(window, { sinceTheStart: true }));
  return [first, second];
}

async function buyWithoutTrial(person: Person, [first, second]: [Page, Page]): Promise<void> {
  await first.bringToFront();
  await first.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
  await first.getByText("Skip the trial and pay now").click();
  await first.getByRole("button", { name: "Pay 39 SEK/month" }).click();
  await payOnCheckoutPage(first, product.url);
  // It goes by itself after a while, in whichever tab it is.
  const told = Promise.any([toast(first).waitFor(), toast(second).waitFor()]);
  await badge(second).waitFor();
  await badge(first).waitFor();
  await told;
  await expect.poll(() => new URL(first.url()).search).toBe("");
  expect(await second.evaluate(() => "sinceTheStart" in window)).toBe(true);
  expect(await second.getByTestId("user-xp").innerText()).toBe("250 XP");
  expect((await toast(first).count()) + (await toast(second).count())).toBeLessThanOrEqual(1);
  expect(await first.getByRole("button", { name: "Enable LiveAssist Permission" }).count()).toBe(0);
  expect((await person.me())["subscription_status"]).toBe("paid");
}
