import type { Page } from "playwright-core";

/** Types a card where the payment service asks for one, and sends it. */
export async function fillCard(page: Page, card: string): Promise<void> {
  await page.locator("#cardNumber").fill(card);
  await page.locator("#cardExpiry").fill("12 / 34");
  await page.locator("#cardCvc").fill("123");
  await page.locator("#billingName").fill("Test Person");
  await page.locator("#submit").click();
}

/** Fills in the hosted payment page and pays; resolves when the shop's page is back. */
export async function payOnCheckoutPage(
  page: Page,
  shop: string,
  card = "4242 4242 4242 4242",
): Promise<void> {
  await page.waitForURL(/\/c\/pay\//);
  await fillCard(page, card);
  await page.waitForURL((url) => url.href.startsWith(shop));
}
