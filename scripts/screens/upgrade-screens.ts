import type { Page } from "playwright-core";
import { MOMENTS } from "./moments.ts";
import type { Screen } from "./screen.ts";

type Named = Pick<Screen, "name" | "about">;

const ENABLE = "Enable LiveAssist Permission";
const openUpgrade = (page: Page) => page.getByRole("button", { name: ENABLE }).click();

/** The summary before the payment page, and what may be answered instead of going there. */
export const UPGRADE_SCREENS: Screen[] = [
  {
    name: "upgrade",
    about: "The summary before the payment page, with the trial",
    who: "member",
    show: async ({ page, open }) => {
      await open("/");
      await openUpgrade(page);
      await page.getByRole("button", { name: /^Start 5-day trial/ }).waitFor();
    },
  },
  {
    name: "upgrade-pay-now",
    about: "The summary, skipping the trial",
    who: "member",
    show: async ({ page, open }) => {
      await open("/");
      await openUpgrade(page);
      await page.getByText("Skip the trial and pay now").click();
    },
  },
  {
    name: "upgrade-no-trial",
    about: "The summary when the trial is used",
    who: "member",
    show: async ({ page, open }) => {
      await open("/", MOMENTS.trialUsed);
      await openUpgrade(page);
      await page.getByRole("button", { name: /^Pay 39 SEK/ }).waitFor();
    },
  },
  {
    name: "upgrade-busy",
    about: "On the way to the payment page",
    who: "member",
    show: async ({ page, open, stall }) => {
      await stall("**/trpc/subscription.createCheckout*");
      await open("/");
      await openUpgrade(page);
      await page.getByRole("button", { name: /^Start 5-day trial/ }).click();
      await page.getByText("Opening the payment page…").waitFor();
    },
  },
  ...refusals(),
];

function refusals(): Screen[] {
  const refused = (named: Named, code: string, text: string): Screen => ({
    ...named,
    who: "member",
    show: async ({ page, open, refuse }) => {
      const status = code === "STRIPE_UNAVAILABLE" ? 503 : 409;
      await refuse("**/trpc/subscription.createCheckout*", code, status);
      await open("/");
      await openUpgrade(page);
      await page.getByRole("button", { name: /^Start 5-day trial/ }).click();
      await page.getByText(text).waitFor();
    },
  });
  return [
    refused(
      { name: "upgrade-failed", about: "The payment service does not answer" },
      "STRIPE_UNAVAILABLE",
      "does not answer",
    ),
    refused(
      { name: "upgrade-already", about: "There is a subscription already" },
      "ALREADY_SUBSCRIBED",
      "You already have Premium",
    ),
    refused(
      { name: "upgrade-attention", about: "An open payment comes first" },
      "PAYMENT_NEEDS_ATTENTION",
      "A payment is still open",
    ),
  ];
}
