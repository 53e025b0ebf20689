import { MOMENTS } from "./moments.ts";
import type { Pretend, Screen, Stage } from "./screen.ts";

const DELETE = "**/trpc/user.deleteAccount*";

async function openDialog({ page, open }: Stage, pretend?: Pretend): Promise<void> {
  await open("/settings", pretend);
  await page.getByText("Last active").waitFor();
  await page.getByRole("button", { name: "Delete account…" }).click();
  await page.getByRole("dialog").getByLabel("Your password").waitFor();
}

async function press({ page }: Stage): Promise<void> {
  await page.getByRole("dialog").getByLabel("Your password").fill("correct horse battery");
  await page.getByRole("button", { name: "Delete account for good" }).click();
}

/** Leaving for good. */
export const DELETION_SCREENS: Screen[] = [
  {
    name: "delete-account",
    about: "What deleting means for who never bought",
    who: "member",
    show: (stage) => openDialog(stage),
  },
  {
    name: "delete-account-paid",
    about: "What deleting means for who pays, with the way that gives the money back",
    who: "member",
    show: (stage) => openDialog(stage, MOMENTS.paid),
  },
  {
    name: "delete-account-wrong",
    about: "The password is wrong",
    who: "member",
    show: async (stage) => {
      await stage.refuse(DELETE, "FORBIDDEN", 403);
      await openDialog(stage);
      await press(stage);
      await stage.page.getByText("That is not your password").waitFor();
    },
  },
  {
    name: "delete-account-stripe-away",
    about: "Stripe does not answer: nothing is deleted",
    who: "member",
    show: async (stage) => {
      await stage.refuse(DELETE, "STRIPE_UNAVAILABLE", 503);
      await openDialog(stage, MOMENTS.paidLong);
      await press(stage);
      await stage.page.getByText("Your account is not deleted").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "account-deleted",
    about: "Gone",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/account-deleted");
      await page.getByText("Your account is deleted").waitFor();
    },
  },
];
