import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { fillCard, payOnCheckoutPage } from "../support/pay-on-checkout-page.ts";
import { Person } from "../support/person.ts";
import { type Product, startProduct } from "../support/start-product.ts";

const TWO_HOURS = 2 * 3_600_000;

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
const toSettings = (page: Page) =>
  page.locator("nav:visible").getByRole("link", { name: "Settings" }).click();

it("leads from the settings through the withdrawal: Premium ends in every tab, and the money goes back", async () => {
  const { person, page, other } = await arrive("Ulla");
  await buy(page, "pay");
  await badge(other).waitFor();
  await page.goto(product.url);
  await toSettings(page);
  await page.getByRole("main").getByRole("link", { name: "Withdraw from contract here" }).first().click();
  await page.getByLabel("Your name").waitFor();
  expect(await page.getByLabel("Your name").inputValue()).toBe("Ulla");
  expect(await page.getByLabel("E-mail for the receipt").inputValue()).toBe(person.account.email);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("I hereby give notice", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Confirm withdrawal" }).click();

  await page.getByRole("heading", { name: "We have received your withdrawal" }).waitFor();
  await page.getByText("39 SEK, given back").waitFor();
  await badge(other).waitFor({ state: "detached" });
  const refunds = product.emulator.events().filter(({ type }) => type === "charge.refunded");
  expect(refunds).toHaveLength(1);
  expect(await person.me()).toMatchObject({ subscription_status: "free", stripe_status: "canceled" });

  await page.reload();
  await page.getByText("39 SEK, given back").waitFor();
  await toSettings(page);
  await page.getByText("You have withdrawn from your subscription", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Enable LiveAssist Permission" }).waitFor();
  expect(person.complaints).toEqual([]);
  await person.leave();
});

it("asks who is signed out for a login, and comes back to the withdrawal", async () => {
  const person = await Person.arrives(browser, { url: product.url, name: "Vera" });
  const page = await person.openTab();
  await person.signUp(page);
  await person.context.clearCookies();
  await page.goto(`${product.url}/withdraw`);
  await page.getByText("Sign in to withdraw from your contract", { exact: false }).waitFor();
  await page.getByLabel("E-mail").fill(person.account.email);
  await page.getByLabel("Password", { exact: true }).fill(person.account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "There is no contract to withdraw from" }).waitFor();
  await person.leave();
});

it("says live that a payment failed and until when, and takes it back when the card is fixed", async () => {
  const { person, page, other } = await arrive("Wim");
  await buy(page, "pay");
  await changeCard(page, "4000 0000 0000 0341");
  const { subscription_expiry } = await person.me();
  await product.emulator.clock.set(Date.parse(String(subscription_expiry)) + TWO_HOURS);

  const banner = other.getByText("Your last payment did not go through");
  await banner.waitFor();
  await other.getByText(/^Update your card before \d+ \w+ \d{4} to keep Premium\.$/).waitFor();
  await badge(other).waitFor();
  await other.getByRole("link", { name: /^Pay 39 SEK now/ }).waitFor();

  await changeCard(page, "4242 4242 4242 4242");
  await page.getByText("Premium, 39 SEK/month incl. VAT").waitFor();
  await page.getByText("Visa •••• 4242").waitFor();
  await expect.poll(() => page.getByRole("link", { name: /^Receipt of/ }).count()).toBe(2);
  await banner.waitFor({ state: "detached" });
  expect(await person.me()).toMatchObject({ subscription_status: "paid", stripe_status: "active" });
  expect(person.complaints).toEqual([]);
  await person.leave();
});

it("deletes an account only with its password, after the subscription, and is gone in every tab", async () => {
  const { person, page, other } = await arrive("Xenia");
  await buy(page, "trial");
  await badge(other).waitFor();
  await toSettings(page);
  const open = page.getByRole("button", { name: "Delete account…" });
  await open.click();
  // The dialog's code is loaded when it is asked for.
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => open.evaluate((element) => element === document.activeElement)).toBe(true);
  await open.click();
  await page.getByText("Your subscription is ended first", { exact: false }).waitFor();
  await page.getByLabel("Your password").fill("not this one");
  await page.getByRole("button", { name: "Delete account for good" }).click();
  await page.getByText("That is not your password", { exact: false }).waitFor();
  expect(await person.me()).toMatchObject({ subscription_status: "trial" });

  await page.getByLabel("Your password").fill(person.account.password);
  await page.getByRole("button", { name: "Delete account for good" }).click();
  await page.waitForURL(`${product.url}/account-deleted`);
  await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();
  await other.getByText("You are on the Free plan.").waitFor({ state: "detached" });
  await expect.poll(() => badge(other).count()).toBe(0);
  const ended = product.emulator.events().filter(({ type }) => type === "customer.subscription.deleted");
  expect(ended).not.toHaveLength(0);
  await person.leave();
});

/** Someone with an account and two tabs, both on the start page. */
async function arrive(name: string): Promise<{ person: Person; page: Page; other: Page }> {
  const person = await Person.arrives(browser, { url: product.url, name });
  const page = await person.openTab();
  await person.signUp(page);
  const other = await person.openTab();
  await other.getByText("You are on the Free plan.").waitFor();
  await page.bringToFront();
  return { person, page, other };
}

async function buy(page: Page, start: "trial" | "pay"): Promise<void> {
  await page.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
  if (start === "pay") await page.getByText("Skip the trial and pay now").click();
  await page.getByRole("button", { name: start === "pay" ? /^Pay 39 SEK/ : /^Start 5-day trial/ }).click();
  await payOnCheckoutPage(page, product.url);
  await badge(page).waitFor();
}

/** From Settings to the payment service's page for the card, and back. */
async function changeCard(page: Page, card: string): Promise<void> {
  await page.goto(`${product.url}/settings`);
  await page.getByRole("button", { name: "Update card" }).first().click();
  await page.locator("#update-card").click();
  await fillCard(page, card);
  await page.getByText("Your card was updated.").waitFor();
  await page.locator("#backLink").click();
  await page.waitForURL(`${product.url}/settings`);
}
