import { BILLINGS, MOMENTS } from "./moments.ts";
import type { Pretend, Screen } from "./screen.ts";

type Named = Pick<Screen, "name" | "about">;

/** The subscription card in one state; the rest of the settings is on the pictures of `settings`. */
const card = (named: Named, pretend: Pretend, text: string | RegExp): Screen => ({
  ...named,
  who: "member",
  show: async ({ page, open }) => {
    await open("/settings", pretend);
    await page.getByText(text).first().waitFor();
    await page.getByText("Last checked").or(page.getByText("Not checked yet")).waitFor();
  },
});

/** Settings, and the subscription card in every state. */
export const SETTINGS_SCREENS: Screen[] = [
  {
    name: "settings",
    about: "Settings, all of it",
    who: "member",
    tall: true,
    show: async ({ page, open }) => {
      await open("/settings");
      await page.getByText("5-day free trial").waitFor();
      await page.getByText("Last active").waitFor();
    },
  },
  {
    name: "settings-loading",
    about: "Settings before the first answer",
    who: "member",
    show: async ({ page, open, stall }) => {
      await stall("**/trpc/**");
      await open("/settings");
      await page.getByText("Subscription").waitFor();
    },
  },
  {
    name: "settings-failed",
    about: "Settings: the subscription could not be loaded",
    who: "member",
    show: async ({ page, open, refuse }) => {
      await refuse("**/trpc/subscription.status*", "INTERNAL", 500);
      await open("/settings");
      await page.getByText("We could not load your subscription").waitFor();
    },
  },
  card(
    { name: "subscription-pending", about: "Payment on its way" },
    MOMENTS.pending,
    "Confirming your payment…",
  ),
  card({ name: "subscription-trial", about: "In the trial, with days left" }, MOMENTS.trial, /^Trial, ends/),
  card({ name: "subscription-trial-ending", about: "Trial, cancelled" }, MOMENTS.trialEnding, "Resume"),
  card({ name: "subscription-paid", about: "Premium, in its first days" }, MOMENTS.paid, "Next charge"),
  card({ name: "subscription-ending", about: "Premium, cancelled, with Resume" }, MOMENTS.ending, "Resume"),
  card(
    { name: "subscription-past-due", about: "A payment failed, access in grace" },
    MOMENTS.pastDue,
    "Pay 39 SEK now",
  ),
  card(
    { name: "subscription-past-due-ending", about: "A payment failed, and it is cancelled" },
    MOMENTS.pastDueEnding,
    "Resume",
  ),
  card(
    { name: "subscription-past-due-over", about: "A payment failed, grace over" },
    MOMENTS.pastDueOver,
    "Pay 39 SEK now",
  ),
  card({ name: "subscription-unpaid", about: "Payments failed for good" }, MOMENTS.unpaid, "Pay 39 SEK now"),
  card({ name: "subscription-paused", about: "Paused, with Resume" }, MOMENTS.paused, "Resume"),
  {
    name: "subscription-paused-owing",
    about: "Paused, and it goes on only once something is paid",
    who: "member",
    show: async ({ page, open, refuse }) => {
      await refuse("**/trpc/subscription.resume*", "PAYMENT_NEEDS_ATTENTION", 409);
      await open("/settings", { ...MOMENTS.paused, billing: BILLINGS.owing });
      await page.getByRole("button", { name: "Resume" }).click();
      await page.getByText("Something is to be paid first").waitFor();
    },
  },
  card(
    { name: "subscription-incomplete", about: "First payment not finished" },
    MOMENTS.incomplete,
    "Finish the payment",
  ),
  card(
    { name: "subscription-expired", about: "First payment not finished in time" },
    MOMENTS.expired,
    "not completed in time",
  ),
  card({ name: "subscription-ended", about: "Ended" }, MOMENTS.ended, "Your Premium has ended"),
  card(
    { name: "subscription-withdrawn", about: "Withdrawn from, the money given back" },
    MOMENTS.withdrawn,
    "You have withdrawn from your subscription",
  ),
  card(
    { name: "subscription-withdrawn-away", about: "Withdrawn from while Stripe is away" },
    MOMENTS.withdrawnAway,
    "takes a moment",
  ),
  card(
    { name: "subscription-unknown", about: "A status we do not know yet" },
    MOMENTS.unknown,
    "We are checking your plan",
  ),
  card(
    { name: "subscription-stale", about: "Stripe did not answer in time" },
    MOMENTS.stale,
    "did not answer in time",
  ),
  {
    name: "cancel",
    about: "Cancel: the second of two clicks, with the exact date",
    who: "member",
    show: async ({ page, open }) => {
      await open("/settings", MOMENTS.paid);
      await page.getByRole("button", { name: "Cancel subscription" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "cancel-past-due",
    about: "Cancel while a payment is open",
    who: "member",
    show: async ({ page, open }) => {
      await open("/settings", MOMENTS.pastDue);
      await page.getByRole("button", { name: "Cancel subscription" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "name-saved",
    about: "Settings: the name is saved",
    who: "member",
    show: async ({ page, open }) => {
      await open("/settings");
      await page.getByRole("button", { name: "Save name" }).click();
      await page.getByText("Saved", { exact: true }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "password-wrong",
    about: "Settings: the current password is wrong",
    who: "member",
    show: async ({ page, open }) => {
      await open("/settings");
      await page.getByLabel("Current password").fill("not this one");
      await page.getByLabel("New password").fill("correct horse battery");
      await page.getByRole("button", { name: "Change password" }).click();
      await page.getByText("That is not your current password.").scrollIntoViewIfNeeded();
    },
  },
];
