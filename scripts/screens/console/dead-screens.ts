import type { Screen, Stage } from "../screen.ts";
import { openConsole } from "./open-console.ts";
import { deadLetters } from "./pretend-dead.ts";

async function openLetters(stage: Stage): Promise<void> {
  await openConsole(stage, "/dead", deadLetters());
  await stage.page.getByRole("checkbox").nth(3).waitFor();
}

const openAssign = async (stage: Stage): Promise<void> => {
  await openLetters(stage);
  await stage.page
    .getByRole("button", { name: /^Assign invoice.paid/ })
    .first()
    .click();
  await stage.page.getByRole("dialog").waitFor();
};

/** Events that were given up on. */
export const DEAD_SCREENS: Screen[] = [
  {
    name: "operations-dead",
    about: "Dead letters by cause, with what to do",
    who: "member",
    tall: true,
    show: openLetters,
  },
  {
    name: "operations-dead-chosen",
    about: "Some letters are chosen, to be replayed or set aside",
    who: "member",
    show: async (stage) => {
      await openLetters(stage);
      for (const at of [1, 2]) await stage.page.getByRole("checkbox").nth(at).check();
      const chosen = stage.page.getByText("Replay the chosen 2");
      await chosen.evaluate((button) => button.scrollIntoView({ block: "center" }));
    },
  },
  {
    name: "operations-dead-assign",
    about: "Saying whose a letter is: looking for the person",
    who: "member",
    show: async (stage) => {
      await openAssign(stage);
      await stage.page.getByRole("combobox", { name: "User" }).fill("t");
      await stage.page.getByRole("option", { name: "Tilda Ek" }).waitFor();
    },
  },
  {
    name: "operations-dead-assign-chosen",
    about: "Saying whose a letter is: what will happen",
    who: "member",
    show: async (stage) => {
      await openAssign(stage);
      await stage.page.getByRole("combobox", { name: "User" }).fill("t");
      await stage.page.getByRole("option", { name: "Tilda Ek" }).click();
      await stage.page.getByText("What will happen").waitFor();
    },
  },
  {
    name: "operations-dead-set-aside",
    about: "Setting letters aside",
    who: "member",
    show: async (stage) => {
      await openLetters(stage);
      await stage.page.getByRole("checkbox").nth(3).check();
      await stage.page.getByRole("button", { name: /^Set aside the chosen/ }).click();
      await stage.page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "operations-dead-replayed",
    about: "All letters of a cause are replayed",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/dead", { ...deadLetters(), "admin.replayDead": { queued: 3, left: 0 } });
      await stage.page.getByRole("button", { name: /^Replay all 3: Stripe refused/ }).click();
      await stage.page.getByText("3 events are worked on again").waitFor();
    },
  },
  {
    name: "operations-dead-none",
    about: "No dead letters",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/dead", { "admin.listCauses": { total: 0, causes: [] } });
      await stage.page.getByText("Every event that arrived was worked through").waitFor();
    },
  },
];
