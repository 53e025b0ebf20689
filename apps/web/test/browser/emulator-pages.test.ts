import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { looksFine } from "../support/looks-fine.ts";

let browser: Browser;
let emulator: Emulator;
let price: string;
let customer: string;

beforeAll(async () => {
  [browser, emulator] = await Promise.all([launchBrowser(), startEmulator({ seed: 7 })]);
  customer = await create("customers", { email: "ada@example.com", name: "Ada" });
  price = await create("prices", {
    currency: "sek",
    unit_amount: "3900",
    "recurring[interval]": "month",
    "product_data[name]": "LiveAssist Permission",
  });
  const coupon = await create("coupons", { percent_off: "20", duration: "forever" });
  await create("promotion_codes", {
    code: "AUTUMN20",
    "promotion[type]": "coupon",
    "promotion[coupon]": coupon,
  });
});
afterAll(async () => {
  await browser?.close();
  await emulator?.close();
});

type Fields = Record<string, string>;

async function ask(path: string, fields: Fields): Promise<Record<string, unknown>> {
  const headers = { authorization: "Bearer sk_test_pages" };
  const body = new URLSearchParams(fields);
  const answer = await fetch(`${emulator.url}/v1/${path}`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Record<string, unknown>;
}

const create = async (path: string, fields: Fields): Promise<string> =>
  String((await ask(path, fields))["id"]);

const TRIAL: Fields = { "subscription_data[trial_period_days]": "5" };

/** A session that leads back to the emulator's own first page, so that nothing else has to listen. */
const openSession = (fields: Fields = {}): Promise<string> =>
  create("checkout/sessions", {
    mode: "subscription",
    customer,
    "line_items[0][price]": price,
    "line_items[0][quantity]": "1",
    success_url: `${emulator.url}/?back`,
    cancel_url: `${emulator.url}/?cancelled`,
    ...fields,
  });

async function openPage(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", ...options });
  const page = await context.newPage();
  await page.goto(`${emulator.url}${path}`);
  return page;
}

const checkout = async (fields: Fields = {}, options: BrowserContextOptions = {}): Promise<Page> =>
  openPage(`/c/pay/${await openSession(fields)}`, options);

async function fill(page: Page, card: string): Promise<void> {
  await page.locator("#cardNumber").fill(card);
  await page.locator("#cardExpiry").fill("1234");
  await page.locator("#cardCvc").fill("123");
  await page.locator("#billingName").fill("Ada");
}

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.id ?? "");

describe("the emulator's checkout in a browser", () => {
  it("is paid by keyboard alone, through the bank, with the focus always in sight", async () => {
    const page = await checkout({ ...TRIAL, "consent_collection[terms_of_service]": "required" });
    const tabTo = async (id: string) => {
      for (let steps = 0; (await focused(page)) !== id; steps += 1) {
        if (steps > 30) throw new Error(`${id} cannot be reached`);
        await page.keyboard.press("Tab");
      }
      const outline = await page.evaluate(
        () => getComputedStyle(document.activeElement as Element).outlineStyle,
      );
      expect(outline, id).toBe("solid");
    };
    await tabTo("backLink");
    await tabTo("cardNumber");
    await page.keyboard.type("4000002500003155");
    expect(await page.locator("#cardNumber").inputValue()).toBe("4000 0025 0000 3155");
    await page.keyboard.press("Tab");
    await page.keyboard.type("1234");
    expect(await page.locator("#cardExpiry").inputValue()).toBe("12 / 34");
    await page.keyboard.press("Tab");
    await page.keyboard.type("123");
    await tabTo("billingName");
    await page.keyboard.type("Ada");
    await tabTo("submit");
    await page.keyboard.press("Enter");
    await page.getByText("Agree to the terms of service to go on.").first().waitFor();
    expect(await focused(page)).toBe("termsOfServiceConsentCheckbox");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Confirm with your bank" }).waitFor();
    await tabTo("complete-authentication");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${emulator.url}/?back`);
    await page.context().close();
  });

  it("says while one types what is wrong, beside the field, and does not lose a press", async () => {
    const page = await checkout();
    await page.locator("#cardNumber").pressSequentially("378282246310005");
    expect(await page.locator("#cardNumber").inputValue()).toBe("3782 822463 10005");
    await page.locator("#cardNumber").fill("4242 4242 4242 4241");
    await page.locator("#cardExpiry").pressSequentially("120");
    await page.getByText("Your card number is invalid.").waitFor();
    expect(await page.getByLabel("Card number").getAttribute("aria-invalid")).toBe("true");
    // Leaving the field shows its error above the button in the middle of the press.
    await page.locator("#submit").click();
    await page.getByText("Enter the name on the card.").first().waitFor();
    await page.getByText("Your card's expiration date is incomplete.").first().waitFor();
    expect(await focused(page)).toBe("cardNumber");
    await page.context().close();
  });

  it("takes a promotion code without losing what was typed, and gives it back", async () => {
    const page = await checkout({ allow_promotion_codes: "true" });
    await fill(page, "4242 4242 4242 4242");
    await page.getByText("Add promotion code").click();
    await page.getByLabel("Promotion code").fill("spring");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("This code is invalid.").first().waitFor();
    expect(await focused(page)).toBe("promotionCode");
    await page.getByLabel("Promotion code").fill("autumn20");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Remove promotion code AUTUMN20" }).waitFor();
    expect(await page.locator("#totalDueToday").textContent()).toBe("31,20\u00a0kr");
    expect(await page.locator("#cardNumber").inputValue()).toBe("4242 4242 4242 4242");
    await page.getByRole("button", { name: "Remove promotion code AUTUMN20" }).click();
    await page.getByText("Add promotion code").waitFor();
    expect(await page.locator("#totalDueToday").textContent()).toBe("39,00\u00a0kr");
    await page.getByRole("button", { name: "Subscribe" }).click();
    await page.waitForURL(`${emulator.url}/?back`);
    await page.context().close();
  });

  it("speaks the browser's Swedish, and Stripe's refusals in it", async () => {
    const page = await checkout(TRIAL, { locale: "sv-SE" });
    expect(await page.locator("html").getAttribute("lang")).toBe("sv");
    await page.getByRole("heading", { name: "Prova LiveAssist Permission" }).waitFor();
    await page.getByLabel("Kortnummer").fill("4000000000000002");
    await page.getByLabel("Utgångsdatum").fill("1234");
    await page.getByLabel("Säkerhetskod").fill("123");
    await page.getByLabel("Namn på kortet").fill("Ada");
    await page.getByRole("button", { name: "Starta provperiod" }).click();
    await page.getByRole("alert").getByText("Ditt kort nekades.").waitFor();
    await page.context().close();
  });

  it("works without scripts: a code, an error, a payment", async () => {
    const page = await checkout(
      { allow_promotion_codes: "true" },
      { javaScriptEnabled: false, viewport: { width: 390, height: 844 } },
    );
    await page.getByText("View details").click();
    await page.getByText("Add promotion code").click();
    await page.getByLabel("Promotion code").fill("AUTUMN20");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("button", { name: "Remove promotion code AUTUMN20" }).waitFor();
    await fill(page, "4242424242424241");
    await page.locator("#submit").click();
    await page.getByText("Your card number is invalid.").waitFor();
    await fill(page, "4242424242424242");
    await page.locator("#submit").click();
    await page.waitForURL(`${emulator.url}/?back`);
    await page.context().close();
  });

  it("shows the order beside the form where there is room, folded where there is none", async () => {
    const wide = await checkout({}, { viewport: { width: 1280, height: 800 } });
    expect(await wide.locator("#totalDueToday").isVisible()).toBe(true);
    expect(await wide.getByText("View details").isVisible()).toBe(false);
    await wide.setViewportSize({ width: 390, height: 844 });
    expect(await wide.locator("#totalDueToday").isVisible()).toBe(false);
    await wide.getByText("View details").click();
    expect(await wide.locator("#totalDueToday").isVisible()).toBe(true);
    await wide.context().close();
  });
});

const LOOKS: BrowserContextOptions[] = [
  { colorScheme: "light", locale: "en-GB", viewport: { width: 1280, height: 800 } },
  { colorScheme: "dark", locale: "sv-SE", viewport: { width: 360, height: 740 } },
];
for (const options of LOOKS) {
  it(`leaves nobody out of the emulator's pages, ${options.colorScheme}, ${options.locale}`, async () => {
    const page = await checkout({ allow_promotion_codes: "true" }, options);
    await looksFine(page, "checkout");
    await page.locator("#submit").click();
    await page.locator("#billingName-error:not(:empty)").waitFor();
    await looksFine(page, "checkout with errors");
    if (await page.locator(".order > summary").isVisible()) await page.locator(".order > summary").click();
    await page.locator("#addPromotionCode").click();
    await page.locator("#promotionCode").fill("AUTUMN20");
    await page.locator("#applyPromotionCode").click();
    await page.locator("#removePromotionCode").waitFor();
    await looksFine(page, "promotion applied");
    await fill(page, "4000002760003184");
    await page.locator("#submit").click();
    await page.locator("#complete-authentication").waitFor();
    await looksFine(page, "bank");
    await page.locator("#complete-authentication").click();
    await page.waitForURL(`${emulator.url}/?back`);
    await looksFine(page, "start");
    const session = await ask("billing_portal/sessions", { customer, return_url: emulator.url });
    await page.goto(String(session["url"]));
    await looksFine(page, "portal");
    await page.locator("#receipts a").first().click();
    await page.locator("#receipt").waitFor();
    await looksFine(page, "receipt");
    expect(await page.locator("[data-print]").isVisible()).toBe(true);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("[data-print]").isVisible()).toBe(false);
    await page.emulateMedia({ media: "screen" });
    await page.goto(`${session["url"]}/card`);
    await looksFine(page, "card");
    await page.goto(String(session["url"]));
    await page.locator("#cancel-subscription").first().click();
    await page.locator("#confirm-cancel").waitFor();
    await looksFine(page, "cancel");
    await page.locator("#confirm-cancel").click();
    await page.locator("#cancel-reason").waitFor();
    await looksFine(page, "reason");
    emulator.chaos.add({ fault: "slow", next: 0 });
    await page.goto(`${emulator.url}/control`);
    await page.locator("#deliveries").waitFor();
    await looksFine(page, "control");
    await page.goto(`${emulator.url}/control/events/${emulator.events().at(-1)?.id}`);
    await looksFine(page, "event");
    emulator.chaos.clear();
    await page.context().close();
  });
}

describe("the emulator's control page in a browser", () => {
  it("obeys without leaving its place, keeps what is open and what is being typed", async () => {
    const page = await openPage("/control");
    await page.locator("#only").fill("invoice.*");
    await page.getByRole("button", { name: "Hold everything" }).click();
    await page.getByText("Nothing is sent until you let go.").waitFor();
    expect(await page.locator("#only").inputValue()).toBe("invoice.*");
    await page.locator("#percent").fill("50");
    await page.locator("#add-rule").click();
    await page.locator("#rules").getByText("50 %").waitFor();
    expect(page.url()).toBe(`${emulator.url}/control`);
    await page.locator("#percent").fill("500");
    await page.locator("#add-rule").click();
    await page.getByRole("alert").getByText("a number from 0 to 100").waitFor();
    await create("customers", { email: "eva@example.com" });
    await page.locator("#events").getByText("customer.created").first().waitFor();
    await page.getByRole("button", { name: "Let go" }).click();
    await page.getByRole("button", { name: "Hold everything" }).waitFor();
    await page.getByRole("button", { name: "End everything that goes wrong" }).click();
    await page.locator("#rules").getByText("Nothing.").waitFor();
    await page.locator("#deliveries, #events").getByText("customer.created").first().waitFor();
    await page.locator("#events .event").first().click();
    await page.locator("#resend").click();
    await page.getByText("Sent again.").waitFor();
    await page.context().close();
  });

  it("lets time pass from the first page", async () => {
    const page = await openPage("/");
    const before = emulator.clock.now();
    await page.locator('[data-advance="86400"]').click();
    const day = new Date(before + 86_400_000).toISOString().slice(0, 10);
    await page.locator("#clock-now").getByText(day).waitFor();
    expect(emulator.clock.now()).toBeGreaterThanOrEqual(before + 86_400_000);
    await page.context().close();
  });
});
