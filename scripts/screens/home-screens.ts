import { MOMENTS } from "./moments.ts";
import type { Pretend, Screen } from "./screen.ts";

type Named = Pick<Screen, "name" | "about">;

const home = (named: Named, pretend: Pretend, text: string): Screen => ({
  ...named,
  who: "member",
  tall: true,
  show: async ({ page, open }) => {
    await open("/", pretend);
    await page.getByText(text).first().waitFor();
    await page.getByText("Nobody has posted yet").waitFor();
  },
});

/** The start page, and what any page says when something is away. */
export const HOME_SCREENS: Screen[] = [
  home(
    { name: "home-free", about: "Home, Free: today, the way to Premium, and nobody has posted yet" },
    {},
    "5-day free trial",
  ),
  home(
    { name: "home-trial-used", about: "Home, Free, the trial already used" },
    MOMENTS.trialUsed,
    "39 SEK/month incl. VAT",
  ),
  home(
    { name: "home-pending", about: "Home while a payment is on its way" },
    MOMENTS.pending,
    "checking your payment",
  ),
  home({ name: "home-trial", about: "Home in the trial" }, MOMENTS.trial, "Your Premium trial runs until"),
  home({ name: "home-paid", about: "Home, Premium" }, MOMENTS.paid, "You have Premium."),
  {
    name: "home-loading",
    about: "Home before the first answer",
    who: "member",
    show: async ({ page, open, stall }) => {
      await stall("**/trpc/{subscription,community}.**");
      await open("/");
      await page.getByText("Loading posts").waitFor();
    },
  },
  {
    name: "offline",
    about: "No network: said, and healed by itself",
    who: "member",
    show: async ({ page, open }) => {
      await open("/");
      await page.getByText("5-day free trial").waitFor();
      await page.context().setOffline(true);
      await page.getByText("You are offline").waitFor();
    },
  },
  {
    name: "reconnecting",
    about: "The live connection is away; the status is asked instead",
    who: "member",
    show: async ({ page, open }) => {
      await page.routeWebSocket("**/trpc", (socket) => socket.close());
      await open("/");
      await page.getByText("Live updates are paused").waitFor();
    },
  },
  {
    name: "crashed",
    about: "A page that stopped working, with a way on",
    who: "member",
    show: async ({ page, open }) => {
      await open("/");
      await page.getByText("5-day free trial").waitFor();
      await page.route("**/trpc/user.listLogins*", (route) =>
        route.fulfill({ json: { result: { data: [null] } } }),
      );
      await page.locator("nav:visible").getByRole("link", { name: "Settings" }).click();
      await page.getByText("This page stopped working").waitFor();
    },
  },
];
