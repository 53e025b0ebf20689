import { BILLINGS, MOMENTS } from "./moments.ts";
import type { Pretend, Screen } from "./screen.ts";

type Named = Pick<Screen, "name" | "about">;

/** A banner stands on every page; here it is shown on the start page. */
const banner = (named: Named, pretend: Pretend, text: string): Screen => ({
  ...named,
  who: "member",
  show: async ({ page, open }) => {
    await open("/", pretend);
    await page.getByText(text).first().waitFor();
    await page.getByRole("heading", { level: 1 }).waitFor();
  },
});

/** What is said about a subscription on whichever page one is. */
export const BANNER_SCREENS: Screen[] = [
  banner(
    { name: "banner-past-due", about: "A payment failed: until when, and what to press" },
    MOMENTS.pastDue,
    "Pay 39 SEK now",
  ),
  banner(
    { name: "banner-past-due-over", about: "A payment failed, grace over" },
    MOMENTS.pastDueOver,
    "Pay 39 SEK now",
  ),
  banner({ name: "banner-unpaid", about: "Payments failed for good" }, MOMENTS.unpaid, "Pay 39 SEK now"),
  banner(
    { name: "banner-incomplete", about: "The first payment is not finished" },
    MOMENTS.incomplete,
    "Finish the payment",
  ),
  banner(
    { name: "banner-trial-ends", about: "The trial becomes paid within three days" },
    MOMENTS.trialSoon,
    "Cancel any time in Settings",
  ),
  banner(
    { name: "banner-trial-cardless", about: "The trial ends within three days, without a card" },
    { ...MOMENTS.trialSoon, billing: BILLINGS.cardless, offer: { trial_requires_card: false } },
    "No card is on file",
  ),
  banner(
    { name: "banner-refund", about: "Withdrawn: the money is on its way back" },
    MOMENTS.withdrawnAway,
    "on its way back",
  ),
];
