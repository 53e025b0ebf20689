import type { Page } from "playwright-core";
import { MOMENTS } from "./moments.ts";
import type { Screen, Stage } from "./screen.ts";

const SESSION = "cs_test_a1M2n3O4p5Q6r7S8t9U0v1W2x3Y4z5A6b7C8d9E0";
const CONFIRM = "**/trpc/subscription.confirm*";

async function toCheckout({ page, open }: Stage, start: "trial" | "pay"): Promise<void> {
  await open("/");
  await page.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
  if (start === "pay") await page.getByText("Skip the trial and pay now").click();
  await page.getByRole("button", { name: start === "pay" ? /^Pay 39 SEK/ : /^Start 5-day trial/ }).click();
  await page.locator("#cardNumber").waitFor();
}

async function payWith(page: Page, card: string): Promise<void> {
  await page.locator("#cardNumber").fill(card);
  await page.locator("#cardExpiry").fill("12 / 34");
  await page.locator("#cardCvc").fill("123");
  await page.locator("#billingName").fill("Anna Lind");
  await page.locator("#submit").click();
}

/** The payment page (the emulator's) and what meets people when they come back from it. */
export const PAYMENT_SCREENS: Screen[] = [
  {
    name: "checkout-trial",
    about: "The emulator's payment page, with the trial",
    who: "newcomer",
    tall: true,
    show: (stage) => toCheckout(stage, "trial"),
  },
  {
    name: "checkout-pay",
    about: "The emulator's payment page, paying now",
    who: "newcomer",
    tall: true,
    show: (stage) => toCheckout(stage, "pay"),
  },
  {
    name: "checkout-declined",
    about: "The emulator's payment page: the card is declined",
    who: "newcomer",
    tall: true,
    show: async (stage) => {
      await toCheckout(stage, "pay");
      await payWith(stage.page, "4000 0000 0000 0002");
      await stage.page
        .getByText(/declined/i)
        .first()
        .waitFor();
    },
  },
  {
    name: "checkout-bank",
    about: "The emulator's bank page (3-D Secure)",
    who: "newcomer",
    show: async (stage) => {
      await toCheckout(stage, "pay");
      await payWith(stage.page, "4000 0027 6000 3184");
      await stage.page.getByRole("button", { name: /complete/i }).waitFor();
    },
  },
  {
    name: "return-trial",
    about: "Back from payment: the trial has begun",
    who: "newcomer",
    show: async (stage) => {
      await toCheckout(stage, "trial");
      await payWith(stage.page, "4242 4242 4242 4242");
      await stage.page.getByText("Your 5-day trial has begun").waitFor();
      await stage.page.getByText("Your trial is active").waitFor();
    },
  },
  {
    name: "return-paid",
    about: "Back from payment: Premium, and 250 XP",
    who: "newcomer",
    show: async (stage) => {
      await toCheckout(stage, "pay");
      await payWith(stage.page, "4242 4242 4242 4242");
      await stage.page.getByText("Premium activated — +250 XP awarded").waitFor();
    },
  },
  {
    name: "return-confirming",
    about: "Back from payment: confirming",
    who: "member",
    show: async ({ page, open, stall }) => {
      await stall(CONFIRM);
      await open(`/?subscription=success&session_id=${SESSION}`);
      await page.getByText("Confirming your payment…").first().waitFor();
    },
  },
  {
    name: "return-finishing",
    about: "Back from payment: it takes longer than ten seconds",
    who: "member",
    show: async ({ page, open }) => {
      await page.clock.install();
      await open(`/?subscription=success&session_id=${SESSION}`, MOMENTS.pending);
      await page.getByText("Confirming your payment…").first().waitFor();
      await page.clock.runFor(11_000);
      await page.getByText("Payment received").waitFor();
      await page.clock.resume();
    },
  },
  {
    name: "return-failed",
    about: "Back from payment: no network to confirm it",
    who: "member",
    show: async ({ page, open, refuse }) => {
      await page.clock.install();
      await refuse(CONFIRM);
      await open(`/?subscription=success&session_id=${SESSION}`);
      for (let seconds = 0; seconds < 12; seconds += 1) await page.clock.runFor(1000);
      await page.getByText("If you paid, your payment is safe", { exact: false }).waitFor();
      await page.clock.resume();
    },
  },
  {
    name: "return-not-found",
    about: "Back with a payment that is not one's own",
    who: "member",
    show: async ({ page, open }) => {
      await open(`/?subscription=success&session_id=${SESSION}`);
      await page.getByText("We found no completed payment").waitFor();
    },
  },
  {
    name: "return-cancelled",
    about: "Back without paying: neutral",
    who: "member",
    show: async ({ page, open }) => {
      await open("/?subscription=cancelled");
      await page.getByText("You left the payment page").waitFor();
      await page.getByText("5-day free trial").waitFor();
    },
  },
];
