import { BILLINGS, MOMENTS } from "./moments.ts";
import type { Pretend, Screen } from "./screen.ts";

type Named = Pick<Screen, "name" | "about">;

/** The card with the payment method and the receipts, in one state. */
const payment = (named: Named, pretend: Pretend, text: string): Screen => ({
  ...named,
  who: "member",
  show: async ({ page, open }) => {
    await open("/settings", pretend);
    await page.getByText(text).first().waitFor();
    await page.getByRole("region", { name: "Payment and receipts" }).scrollIntoViewIfNeeded();
  },
});

/** Card and receipts in Settings. */
export const BILLING_SCREENS: Screen[] = [
  {
    name: "settings-paid",
    about: "Settings of somebody who pays, all of it",
    who: "member",
    tall: true,
    show: async ({ page, open }) => {
      await open("/settings", MOMENTS.paidLong);
      await page.getByText("Visa •••• 4242").waitFor();
      await page.getByText("Last active").waitFor();
    },
  },
  payment(
    { name: "payment-no-receipts", about: "In the trial: a card, and no receipt yet" },
    MOMENTS.trial,
    "The first comes with the first payment",
  ),
  payment(
    { name: "payment-no-card", about: "A trial without a card ends without a charge" },
    { ...MOMENTS.trialSoon, billing: BILLINGS.cardless },
    "No card on file",
  ),
  payment(
    { name: "payment-expired-card", about: "An expired card, and more receipts than fit" },
    { ...MOMENTS.paidLong, billing: BILLINGS.long },
    "It has expired",
  ),
  payment(
    { name: "payment-away", about: "The payment service does not answer" },
    { ...MOMENTS.paidLong, billing: BILLINGS.away },
    "does not answer right now",
  ),
  {
    name: "payment-loading",
    about: "Card and receipts before the answer",
    who: "member",
    show: async ({ page, open, stall }) => {
      await open("/settings", MOMENTS.paidLong);
      await page.getByText("Visa •••• 4242").waitFor();
      await stall("**/trpc/subscription.billing*");
      await page.reload();
      await page.getByText("Next charge").waitFor();
      await page.getByRole("region", { name: "Payment and receipts" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "payment-portal-failed",
    about: "The page to change the card cannot be opened right now",
    who: "member",
    show: async ({ page, open, refuse }) => {
      await refuse("**/trpc/subscription.portal*", "STRIPE_UNAVAILABLE", 503);
      await open("/settings", MOMENTS.paid);
      await page.getByRole("button", { name: "Update card" }).click();
      await page.getByText("cannot be opened right now").waitFor();
    },
  },
];
