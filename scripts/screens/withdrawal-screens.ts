import { MOMENTS, WITHDRAWALS } from "./moments.ts";
import type { Pretend, Screen, Stage } from "./screen.ts";

type Named = Pick<Screen, "name" | "about">;

const WITHDRAW = "**/trpc/subscription.withdraw";

const state = (named: Named, pretend: Pretend, text: string): Screen => ({
  ...named,
  who: "member",
  tall: true,
  show: async ({ page, open }) => {
    await open("/withdraw", pretend);
    await page.getByText(text).first().waitFor();
  },
});

async function toConfirm({ page, open }: Stage): Promise<void> {
  await open("/withdraw", MOMENTS.paid);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Confirm withdrawal" }).waitFor();
}

/** Withdrawing from the contract: statement, confirmation, receipt. */
export const WITHDRAWAL_SCREENS: Screen[] = [
  {
    name: "withdraw-signed-out",
    about: "Asks for a login, and leads back to the form",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/withdraw");
      await page.getByText("Sign in to withdraw from your contract").waitFor();
    },
  },
  state({ name: "withdraw", about: "The statement" }, MOMENTS.paid, "Your statement"),
  state({ name: "withdraw-trial", about: "The statement, in the trial" }, MOMENTS.trial, "have paid nothing"),
  {
    name: "withdraw-problems",
    about: "The statement: fields to put right",
    who: "member",
    show: async ({ page, open }) => {
      await open("/withdraw", MOMENTS.paid);
      await page.getByLabel("Your name").fill("");
      await page.getByLabel("E-mail for the receipt").fill("anna@");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByText("does not look like an e-mail").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "withdraw-confirm",
    about: "The last look, and the button that sends",
    who: "member",
    show: toConfirm,
  },
  {
    name: "withdraw-busy",
    about: "On its way",
    who: "member",
    show: async (stage) => {
      await stage.stall(WITHDRAW);
      await toConfirm(stage);
      await stage.page.getByRole("button", { name: "Confirm withdrawal" }).click();
      await stage.page.getByText("Sending your withdrawal…").waitFor();
    },
  },
  {
    name: "withdraw-failed",
    about: "It was not sent",
    who: "member",
    show: async (stage) => {
      await stage.refuse(WITHDRAW);
      await toConfirm(stage);
      await stage.page.getByRole("button", { name: "Confirm withdrawal" }).click();
      await stage.page
        .getByText("We cannot say that your withdrawal has arrived", { exact: false })
        .scrollIntoViewIfNeeded();
    },
  },
  state(
    { name: "withdraw-received", about: "Received; Stripe is away, the refund is on its way" },
    MOMENTS.withdrawnAway,
    "on its way",
  ),
  state(
    { name: "withdraw-refunded", about: "Received, and the money given back" },
    MOMENTS.withdrawn,
    "given back",
  ),
  state(
    { name: "withdraw-nothing-paid", about: "Received, in the trial" },
    { ...MOMENTS.withdrawn, withdrawal: WITHDRAWALS.nothingPaid },
    "nothing had been paid",
  ),
  state({ name: "withdraw-over", about: "The 14 days are over" }, MOMENTS.paidLong, "is over"),
  state(
    { name: "withdraw-none", about: "There is nothing to withdraw from" },
    {},
    "no contract to withdraw from",
  ),
  {
    name: "withdraw-loading",
    about: "Before the answer",
    who: "member",
    show: async ({ page, open, stall }) => {
      await stall("**/trpc/subscription.withdrawal*");
      await open("/withdraw");
      await page.getByRole("heading", { level: 1 }).waitFor();
    },
  },
  {
    name: "withdraw-load-failed",
    about: "The page could not be loaded",
    who: "member",
    show: async ({ page, open, refuse }) => {
      await refuse("**/trpc/subscription.withdrawal*", "INTERNAL", 500);
      await open("/withdraw");
      await page.getByText("We could not load this page").waitFor();
    },
  },
];
