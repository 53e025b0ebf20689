import { SELLER } from "./moments.ts";
import type { Pretend, Screen } from "./screen.ts";

type Named = Pick<Screen, "name" | "about">;

const page = (named: Named, path: string, [pretend, text]: [Pretend, string]): Screen => ({
  ...named,
  who: "visitor",
  tall: true,
  show: async (stage) => {
    await stage.open(path, pretend);
    await stage.page.getByText(text).first().waitFor();
  },
});

const SOLD: Pretend = { site: { seller: SELLER } };

/** What the law wants said, for everybody. */
export const LEGAL_SCREENS: Screen[] = [
  page({ name: "terms", about: "Terms, with withdrawal and its model form" }, "/terms", [SOLD, SELLER.name]),
  page({ name: "privacy", about: "What happens to one's data" }, "/privacy", [SOLD, SELLER.name]),
  page({ name: "seller", about: "Who sells" }, "/seller", [SOLD, SELLER.name]),
  page({ name: "seller-none", about: "A test installation without a seller" }, "/seller", [
    {},
    "test installation without a seller",
  ]),
  {
    name: "terms-loading",
    about: "Terms before price and seller are known",
    who: "visitor",
    show: async ({ page: tab, open, stall }) => {
      await stall("**/api/site");
      await open("/terms");
      await tab.getByRole("heading", { level: 1 }).waitFor();
    },
  },
  {
    name: "terms-failed",
    about: "Terms that could not be loaded",
    who: "visitor",
    show: async ({ page: tab, open, refuse }) => {
      await tab.clock.install();
      await refuse("**/api/site");
      await open("/terms");
      await tab.getByRole("heading", { level: 1 }).waitFor();
      for (let seconds = 0; seconds < 12; seconds += 1) await tab.clock.runFor(1000);
      await tab.getByText("We could not load this page").waitFor();
      await tab.clock.resume();
    },
  },
];
