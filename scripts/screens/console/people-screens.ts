import type { Screen, Stage } from "../screen.ts";
import { type Answers, openConsole } from "./open-console.ts";
import { everybody, goneAsWhole, majaAsWhole, PEOPLE } from "./pretend-people.ts";
import { goneStory, majasStory } from "./pretend-story.ts";
import { grants } from "./pretend-work.ts";

const openMaja = async (stage: Stage, answers: Answers = {}, search = ""): Promise<void> => {
  const maja = majaAsWhole();
  await openConsole(stage, `/users/${maja.id}${search}`, {
    "admin.readUser": maja,
    "admin.readTimeline": ({ kinds }) => ({
      entries: majasStory().filter(({ kind }) => !Array.isArray(kinds) || kinds.includes(kind)),
      next: null,
    }),
    ...answers,
  });
  await stage.page.getByTestId("story-payment").waitFor();
};

/** Users, their stories, and the XP ledger. */
export const PEOPLE_SCREENS: Screen[] = [
  {
    name: "operations-users",
    about: "Everybody, newest first",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openConsole(stage, "/users", { "admin.listUsers": { users: everybody(), next: null } });
      await stage.page.getByText("Deleted account").waitFor();
    },
  },
  {
    name: "operations-users-found",
    about: "A user found by the beginning of the name",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/users?q=maja", {
        "admin.listUsers": { users: [PEOPLE.maja()], next: null },
      });
      await stage.page.getByText("maja.sundqvist@example.com").waitFor();
    },
  },
  {
    name: "operations-users-none",
    about: "Nobody fits the search",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/users?q=majs&plan=paid", { "admin.listUsers": { users: [], next: null } });
      await stage.page.getByText("Nobody fits").waitFor();
    },
  },
  {
    name: "operations-user",
    about: "One user and their story, from the payment to what their pages confirmed",
    who: "member",
    tall: true,
    show: (stage) => openMaja(stage),
  },
  {
    name: "operations-user-step",
    about: "One step of the story unfolded, and only some kinds shown",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openMaja(stage, {}, "?kinds=payment,event,sync");
      await stage.page.getByTestId("story-sync").locator("summary").first().click();
      await stage.page.getByTestId("story-sync").getByText("In the machine").waitFor();
    },
  },
  {
    name: "operations-user-erased",
    about: "Somebody who deleted the account",
    who: "member",
    tall: true,
    show: async (stage) => {
      const gone = goneAsWhole();
      await openConsole(stage, `/users/${gone.id}`, {
        "admin.readUser": gone,
        "admin.readTimeline": { entries: goneStory(), next: null },
      });
      await stage.page.getByText("The account was deleted").waitFor();
    },
  },
  {
    name: "operations-user-export",
    about: "What is kept about a user is in a file",
    who: "member",
    show: async (stage) => {
      const { id } = majaAsWhole();
      const made_at = new Date().toISOString();
      await openMaja(stage, { "admin.exportUser": { made_at, user_id: id, data: {} } });
      await stage.page.getByRole("button", { name: "Export data" }).click();
      await stage.page.getByText("The file is in your downloads").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "operations-user-erase",
    about: "Erasing an account: what goes, and the e-mail to type",
    who: "member",
    show: async (stage) => {
      await openMaja(stage);
      await stage.page.getByRole("button", { name: "Erase account…" }).click();
      await stage.page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "operations-user-erase-wrong",
    about: "Erasing an account: another e-mail was typed",
    who: "member",
    show: async (stage) => {
      await openMaja(stage);
      await stage.page.getByRole("button", { name: "Erase account…" }).click();
      await stage.page.getByLabel(/^Type .* to confirm/).fill("maja@example.com");
      await stage.page.getByRole("button", { name: "Erase for good" }).click();
      await stage.page.getByText("That is not their e-mail.").waitFor();
    },
  },
  {
    name: "operations-user-missing",
    about: "A user who is not there",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/users/mistyped", { "admin.readUser": () => null });
      await stage.page.getByText("There is no such user").waitFor();
    },
  },
  {
    name: "operations-xp",
    about: "The XP ledger",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/xp", { "admin.listXp": { entries: grants(), next: null } });
      await stage.page.getByText("First payment for Premium").first().waitFor();
    },
  },
  {
    name: "operations-xp-none",
    about: "The XP of somebody who has none",
    who: "member",
    show: async (stage) => {
      const erik = { ...majaAsWhole(), ...PEOPLE.erik() };
      await openConsole(stage, `/xp?user=${erik.id}`, {
        "admin.readUser": erik,
        "admin.listXp": { entries: [], next: null },
      });
      await stage.page.getByText("They have no XP").waitFor();
    },
  },
];
