import type { Page } from "playwright-core";
import type { Screen } from "../screen.ts";
import { CODES, type Shop, TRIAL, withShop } from "./open-emulator.ts";

type Named = Pick<Screen, "name" | "about">;
type Fields = Readonly<Record<string, string>>;

/** One state of an open checkout: the session it is of, and what is done on its page. */
function checkout(named: Named, fields: Fields, act?: (page: Page, shop: Shop) => Promise<void>): Screen {
  return {
    ...named,
    who: "visitor",
    tall: true,
    show: ({ page }) =>
      withShop(async (shop) => {
        const id = await shop.checkout(fields);
        await page.goto(`${shop.emulator.url}/c/pay/${id}`);
        await page.locator("#submit").waitFor();
        await act?.(page, shop);
      }),
  };
}

async function typeCard(page: Page, card: string): Promise<void> {
  await page.locator("#cardNumber").pressSequentially(card);
  await page.locator("#cardExpiry").pressSequentially("0834");
  await page.locator("#cardCvc").fill("123");
  await page.locator("#billingName").fill("Anna Lind");
}

async function payWith(page: Page, card: string): Promise<void> {
  await typeCard(page, card);
  await page.locator("#submit").click();
}

/** Types a code for a fifth off, which there is, or another. */
async function typeCode(page: Page, { client }: Shop, code: string): Promise<void> {
  const coupon = await client.post("coupons", {
    percent_off: "20",
    duration: "repeating",
    duration_in_months: "3",
  });
  await client.post("promotion_codes", {
    code: "AUTUMN20",
    "promotion[type]": "coupon",
    "promotion[coupon]": coupon.id,
  });
  const folded = page.locator(".order > summary");
  if (await folded.isVisible()) await folded.click();
  await page.locator("#addPromotionCode").click();
  await page.locator("#promotionCode").fill(code);
  await page.locator("#applyPromotionCode").click();
  await page.locator("#removePromotionCode, #promotionCode-error:not(:empty)").waitFor();
}

async function oneTimePrice({ client, checkout: open, emulator }: Shop, page: Page): Promise<void> {
  const price = await client.post("prices", {
    currency: "sek",
    unit_amount: "3000",
    "product_data[name]": "Photo restoration",
  });
  const id = await open({ mode: "payment", "line_items[0][price]": price.id });
  await page.goto(`${emulator.url}/c/pay/${id}`);
}

async function bankAccount({ client, checkout: open, emulator }: Shop, page: Page): Promise<void> {
  const price = await client.post("prices", {
    currency: "eur",
    unit_amount: "900",
    "recurring[interval]": "month",
    "product_data[name]": "LiveAssist Permission",
  });
  const types = {
    "allowed_payment_method_types[0]": "card",
    "allowed_payment_method_types[1]": "sepa_debit",
  };
  const id = await open({ "line_items[0][price]": price.id, ...types });
  await page.goto(`${emulator.url}/c/pay/${id}`);
  await page.getByText("SEPA Direct Debit").click();
}

/** The emulator's payment page. */
export const CHECKOUT_STATES: Screen[] = [
  checkout(
    { name: "emulator-checkout", about: "Checkout: pay now, with room for a promotion code" },
    {
      ...CODES,
      "consent_collection[terms_of_service]": "required",
    },
  ),
  checkout(
    { name: "emulator-checkout-trial", about: "Checkout: a trial, what it costs then and from when" },
    TRIAL,
  ),
  checkout(
    { name: "emulator-checkout-filled", about: "A card typed in, grouped and with its brand" },
    TRIAL,
    (page) => typeCard(page, "4242424242424242"),
  ),
  checkout(
    { name: "emulator-checkout-errors", about: "Every field says what is wrong with it" },
    {},
    async (page) => {
      await page.locator("#cardNumber").pressSequentially("4242424242424241");
      await page.locator("#cardExpiry").pressSequentially("0124");
      await page.locator("#submit").click();
      await page.locator("#billingName-error:not(:empty)").waitFor();
    },
  ),
  checkout(
    { name: "emulator-checkout-declined", about: "The card is declined, in Stripe's words" },
    {},
    async (page) => {
      await payWith(page, "4000000000009995");
      await page.locator("#form-alert:visible").waitFor();
    },
  ),
  checkout({ name: "emulator-checkout-processing", about: "The payment is on its way" }, {}, async (page) => {
    await page.route("**/c/pay/*", () => new Promise(() => {}));
    await payWith(page, "4242424242424242");
    await page.locator(".is-busy").waitFor();
  }),
  checkout({ name: "emulator-challenge", about: "The bank asks (3-D Secure)" }, {}, async (page) => {
    await payWith(page, "4000002760003184");
    await page.locator("#complete-authentication").waitFor();
  }),
  checkout(
    { name: "emulator-promotion-applied", about: "A promotion code is applied" },
    CODES,
    (page, shop) => typeCode(page, shop, "AUTUMN20"),
  ),
  checkout(
    { name: "emulator-promotion-refused", about: "A promotion code is refused" },
    CODES,
    (page, shop) => typeCode(page, shop, "SPRING"),
  ),
  checkout(
    { name: "emulator-checkout-swedish", about: "The same in Swedish, with a discount after the trial" },
    { ...TRIAL, ...CODES, locale: "sv" },
    async (page, shop) => {
      await typeCode(page, shop, "AUTUMN20");
      await payWith(page, "4000000000000002");
      await page.locator("#form-alert:visible").waitFor();
    },
  ),
  checkout(
    { name: "emulator-checkout-bank-account", about: "A bank account instead of a card" },
    {},
    (page, shop) => bankAccount(shop, page),
  ),
  checkout({ name: "emulator-checkout-payment", about: "A single payment" }, {}, (page, shop) =>
    oneTimePrice(shop, page),
  ),
  checkout(
    { name: "emulator-checkout-setup", about: "Only a card is saved" },
    { mode: "setup", currency: "sek" },
  ),
  checkout(
    { name: "emulator-checkout-expired", about: "A checkout that has expired" },
    {},
    async (page, { emulator }) => {
      await emulator.clock.advance(25 * 3_600_000);
      await page.reload();
      await page.getByRole("heading", { name: "expired" }).waitFor();
    },
  ),
  checkout(
    { name: "emulator-checkout-complete", about: "A checkout that was completed" },
    {},
    async (page, { emulator }) => {
      await emulator.completeCheckout(page.url().split("/").at(-1) ?? "");
      await page.reload();
      await page.getByRole("heading", { name: "all done" }).waitFor();
    },
  ),
];
