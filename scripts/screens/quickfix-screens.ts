import type { Screen } from "./screen.ts";

/** Problems to start from. */
export const QUICKFIX_SCREENS: Screen[] = [
  {
    name: "quickfix",
    about: "QuickFix: common problems, one press away from a session",
    who: "member",
    tall: true,
    show: async ({ page, open }) => {
      await open("/quickfix");
      await page.getByRole("button", { name: /^A sick plant/ }).waitFor();
    },
  },
  {
    name: "quickfix-opening",
    about: "A problem was chosen; its session is being opened",
    who: "member",
    show: async ({ page, open, stall }) => {
      await stall("**/trpc/liveassist.createSession*");
      await open("/quickfix");
      await page.getByRole("button", { name: /^A sick plant/ }).click();
      await page.getByText("Opening a session…").waitFor({ state: "attached" });
    },
  },
  {
    name: "quickfix-failed",
    about: "No session could be opened",
    who: "member",
    show: async ({ page, open, refuse }) => {
      await refuse("**/trpc/liveassist.createSession*", "INTERNAL", 500);
      await open("/quickfix");
      await page.getByRole("button", { name: /^A sick plant/ }).click();
      await page.getByRole("alert").first().waitFor();
      await page.mouse.move(0, 0);
    },
  },
  {
    name: "quickfix-session",
    about: "The session a problem opens: its question stands ready",
    who: "newcomer",
    show: async ({ page, open }) => {
      await open("/quickfix");
      await page.getByRole("button", { name: /^A sick plant/ }).click();
      await page.waitForURL(/\/liveassist$/);
      await page.getByLabel("Message to LiveAssist").waitFor();
      await page.getByText("of 2 images today").waitFor();
      await page.getByText("5-day free trial").waitFor();
    },
  },
];
