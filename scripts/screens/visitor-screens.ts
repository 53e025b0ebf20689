import type { Screen } from "./screen.ts";

/** What somebody without a login can see. */
export const VISITOR_SCREENS: Screen[] = [
  {
    name: "landing",
    about: "Landing page: what it is, how it looks, the price, the way in",
    who: "visitor",
    tall: true,
    show: async ({ page, open }) => {
      await open("/");
      await page.getByRole("heading", { level: 1 }).waitFor();
    },
  },
  {
    name: "sign-in",
    about: "Sign in",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/sign-in");
      await page.getByLabel("E-mail").waitFor();
    },
  },
  {
    name: "sign-in-empty",
    about: "Sign in: nothing typed",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/sign-in");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByText("Type your password.").waitFor();
    },
  },
  {
    name: "sign-in-wrong",
    about: "Sign in: wrong password",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/sign-in");
      await page.getByLabel("E-mail").fill("nobody@example.com");
      await page.getByLabel("Password", { exact: true }).fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByText("E-mail or password is wrong", { exact: false }).waitFor();
    },
  },
  {
    name: "sign-in-after-payment",
    about: "Sign in: back from payment without a login",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/?subscription=success&session_id=cs_test_a1b2c3");
      await page.getByText("Sign in to finish", { exact: false }).waitFor();
    },
  },
  {
    name: "sign-up",
    about: "Create an account",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/sign-up");
      await page.getByLabel("Name").waitFor();
    },
  },
  {
    name: "sign-up-problems",
    about: "Create an account: fields to put right",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/sign-up");
      await page.getByLabel("E-mail").fill("anna@");
      await page.getByLabel("Password", { exact: true }).fill("short");
      await page.getByRole("button", { name: "Create account" }).click();
      await page.getByText("Tell us a name", { exact: false }).waitFor();
    },
  },
  {
    name: "sign-up-taken",
    about: "Create an account: the e-mail has one already",
    who: "visitor",
    show: async ({ page, open, email }) => {
      await open("/sign-up");
      await page.getByLabel("Name").fill("Anna Lind");
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
      await page.getByRole("button", { name: "Create account" }).click();
      await page.getByText("already an account", { exact: false }).waitFor();
    },
  },
  {
    name: "sign-up-offline",
    about: "Create an account: no network",
    who: "visitor",
    show: async ({ page, open, refuse }) => {
      await open("/sign-up");
      await refuse("**/api/auth/sign-up/email");
      await page.getByLabel("Name").fill("Anna Lind");
      await page.getByLabel("E-mail").fill("anna.lind@example.com");
      await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
      await page.getByRole("button", { name: "Create account" }).click();
      await page.getByText("No connection").waitFor();
    },
  },
  {
    name: "forgot-password",
    about: "Forgotten password",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/forgot-password");
      await page.getByLabel("E-mail").waitFor();
    },
  },
  {
    name: "forgot-password-sent",
    about: "Forgotten password: the letter is on its way",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/forgot-password");
      await page.getByLabel("E-mail").fill("anna.lind@example.com");
      await page.getByRole("button", { name: "Send the link" }).click();
      await page.getByText("Look in your inbox").waitFor();
    },
  },
  {
    name: "reset-password",
    about: "New password, from the letter's link",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/reset-password?token=abc");
      await page.getByLabel("New password").waitFor();
    },
  },
  {
    name: "reset-password-dead",
    about: "New password: the link is used or too old",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/reset-password?token=abc");
      await page.getByLabel("New password").fill("correct horse battery");
      await page.getByRole("button", { name: "Save the new password" }).click();
      await page.getByText("This link has been used", { exact: false }).waitFor();
    },
  },
  {
    name: "not-found",
    about: "An address that leads nowhere",
    who: "visitor",
    show: async ({ page, open }) => {
      await open("/nowhere");
      await page.getByText("There is nothing here").waitFor();
    },
  },
  {
    name: "unreachable",
    about: "The server cannot be reached; it is tried again by itself",
    who: "visitor",
    show: async ({ page, open, refuse }) => {
      await refuse("**/api/auth/get-session");
      await open("/settings");
      await page.getByText("LiveAssist cannot be reached").waitFor();
    },
  },
];
