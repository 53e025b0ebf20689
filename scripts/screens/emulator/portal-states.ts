import type { Page } from "playwright-core";
import type { Screen } from "../screen.ts";
import { type Shop, TRIAL, withShop } from "./open-emulator.ts";

const FAILS_LATER = "4000000000000341";
const HOUR = 3_600_000;

function screen(name: string, about: string, show: (page: Page, shop: Shop) => Promise<unknown>): Screen {
  return {
    name,
    about,
    who: "visitor",
    tall: true,
    show: ({ page }) =>
      withShop(async (shop) => {
        await show(page, shop);
      }),
  };
}

async function fillCard(page: Page, card: string): Promise<void> {
  await page.locator("#cardNumber").pressSequentially(card);
  await page.locator("#cardExpiry").pressSequentially("0834");
  await page.locator("#cardCvc").fill("123");
  await page.locator("#billingName").fill("Anna Lind");
}

/** A renewal whose card fails; answers when the subscription is past due. */
async function fallBehind({ buy, emulator }: Shop): Promise<void> {
  await buy(FAILS_LATER, TRIAL);
  await emulator.clock.advance(5 * 24 * HOUR + 2 * HOUR);
}

async function invoiceOf({ client, customer }: Shop, status: string): Promise<string> {
  const [invoice] = await client.list(`invoices?customer=${customer}&status=${status}`);
  return String(invoice?.id);
}

/** The emulator's customer portal. */
export const PORTAL_STATES: Screen[] = [
  screen("emulator-portal", "Portal: plan, card, invoices", async (page, shop) => {
    await shop.buy();
    await shop.emulator.clock.advance(31 * 24 * HOUR + 2 * HOUR);
    await page.goto(await shop.portal());
  }),
  screen("emulator-portal-card", "Portal: another card", async (page, shop) => {
    await shop.buy();
    await page.goto(`${await shop.portal()}/card`);
    await fillCard(page, "5555555555554444");
  }),
  screen(
    "emulator-portal-challenge",
    "Portal: the bank asks before the card is saved",
    async (page, shop) => {
      await shop.buy();
      await page.goto(`${await shop.portal()}/card`);
      await fillCard(page, "4000002500003155");
      await page.locator("#submit").click();
      await page.locator("#complete-authentication").waitFor();
    },
  ),
  screen("emulator-portal-cancel", "Portal: asked once more before it is canceled", async (page, shop) => {
    await shop.buy();
    await page.goto(await shop.portal());
    await page.locator("#cancel-subscription").click();
    await page.locator("#confirm-cancel").waitFor();
  }),
  screen("emulator-portal-reason", "Portal: canceled, and asked why", async (page, shop) => {
    await shop.buy();
    await page.goto(await shop.portal());
    await page.locator("#cancel-subscription").click();
    await page.locator("#confirm-cancel").click();
    await page.getByText("too expensive").click();
  }),
  screen(
    "emulator-portal-scheduled",
    "Portal: it ends with the trial, and can be taken back",
    async (page, shop) => {
      await shop.buy(undefined, TRIAL);
      const portal = await shop.portal();
      await page.goto(portal);
      await page.locator("#cancel-subscription").click();
      await page.locator("#confirm-cancel").click();
      await page.goto(portal);
      await page.locator("#scheduled-cancel").waitFor();
    },
  ),
  screen("emulator-portal-past-due", "Portal: a payment is owed", async (page, shop) => {
    await fallBehind(shop);
    await page.goto(await shop.portal());
    await page.locator("#pay-invoice").waitFor();
  }),
  screen("emulator-portal-swedish", "Portal in Swedish, of somebody who is behind", async (page, shop) => {
    await fallBehind(shop);
    await page.goto(await shop.portal({ locale: "sv" }));
  }),
  screen("emulator-portal-expired", "Portal: a link that is too old", async (page, shop) => {
    const portal = await shop.portal();
    await shop.emulator.clock.advance(2 * HOUR);
    await page.goto(portal);
  }),
];

/** The emulator's hosted invoices. */
export const INVOICE_STATES: Screen[] = [
  screen(
    "emulator-invoice-open",
    "Invoice: to be paid, with the card on file or another",
    async (page, shop) => {
      await fallBehind(shop);
      await page.goto(`${shop.emulator.url}/invoices/${await invoiceOf(shop, "open")}`);
    },
  ),
  screen("emulator-invoice-paid", "Invoice: paid, to be kept or printed", async (page, shop) => {
    await shop.buy();
    await page.goto(`${shop.emulator.url}/invoices/${await invoiceOf(shop, "paid")}`);
  }),
  screen("emulator-invoice-void", "Invoice: void", async (page, shop) => {
    await fallBehind(shop);
    const id = await invoiceOf(shop, "open");
    await shop.client.post(`invoices/${id}/void`);
    await page.goto(`${shop.emulator.url}/invoices/${id}`);
  }),
  screen(
    "emulator-invoice-uncollectible",
    "Invoice: written off, and can still be paid",
    async (page, shop) => {
      await fallBehind(shop);
      const id = await invoiceOf(shop, "open");
      await shop.client.post(`invoices/${id}/mark_uncollectible`);
      await page.goto(`${shop.emulator.url}/invoices/${id}`);
    },
  ),
];
