import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { looksFine } from "../support/looks-fine.ts";
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

/** They are built of the same parts: each is looked at once. */
const LEGAL = {
  light: ["/terms", "Model withdrawal form"],
  dark: ["/seller", "test installation without a seller"],
} as const;

for (const colorScheme of ["light", "dark"] as const) {
  it(`leaves nobody out, from the landing page to the withdrawal, in ${colorScheme}`, async () => {
    // Reduced motion, so that no colour is measured in the middle of a fade.
    const person = await Person.arrives(browser, {
      url: product.url,
      name: "Ada",
      colorScheme,
      reducedMotion: "reduce",
      viewport: colorScheme === "light" ? { width: 1280, height: 800 } : { width: 360, height: 740 },
    });
    const page = await person.openTab();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await looksFine(page, "landing");
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Type your password.").waitFor();
    await looksFine(page, "sign-in with errors");
    await page.goto(product.url);
    await person.signUp(page);
    await page.getByText("5-day free trial").waitFor();
    await looksFine(page, "home, free");
    await page.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
    const start = page.getByRole("button", { name: /^Start 5-day trial/ });
    await start.waitFor();
    await looksFine(page, "upgrade");
    await start.click();
    await payOnCheckoutPage(page, product.url);
    await page.getByTestId("premium-badge").waitFor();
    await looksFine(page, "home, trial");
    await page.locator("nav:visible").getByRole("link", { name: "Settings" }).click();
    await page.getByText("Last active").waitFor();
    await looksFine(page, "settings");
    await page.getByRole("button", { name: "Cancel trial" }).click();
    await page.getByRole("dialog").waitFor();
    await looksFine(page, "cancel dialog");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Delete account…" }).click();
    await page.getByLabel("Your password").waitFor();
    await looksFine(page, "delete account");
    await page.goto(`${product.url}/withdraw`);
    await page.getByRole("button", { name: "Continue" }).waitFor();
    await looksFine(page, "withdrawal, statement");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Confirm withdrawal" }).waitFor();
    await looksFine(page, "withdrawal, confirmation");
    const [path, text] = LEGAL[colorScheme];
    await page.goto(product.url + path);
    await page.getByText(text).first().waitFor();
    await looksFine(page, path);
    await page.goto(`${product.url}/nowhere`);
    await page.getByText("There is nothing here").waitFor();
    await looksFine(page, "not found");
    await person.leave();
  });
}

it("can be walked with the keyboard: into the dialog, around in it, and back to where one was", async () => {
  const person = await Person.arrives(browser, { url: product.url, name: "Kim" });
  const page = await person.openTab();
  await person.signUp(page);
  const enable = page.getByRole("button", { name: "Enable LiveAssist Permission" });
  await enable.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Start 5-day trial/ }).waitFor();
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press("Tab");
    // At either end the focus rests on a guard for a moment before it is led back in.
    await expect
      .poll(() => dialog.evaluate((element) => element.contains(document.activeElement)))
      .toBe(true);
  }
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await expect.poll(() => enable.evaluate((element) => element === document.activeElement)).toBe(true);
  await person.leave();
});
