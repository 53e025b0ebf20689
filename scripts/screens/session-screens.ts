import { SAID } from "./chat-words.ts";
import { answered, asked, openChat, type PretendedSession, sessionOf } from "./pretend-chat.ts";
import type { Screen, Stage } from "./screen.ts";

const LIST = "**/trpc/liveassist.listSessions*";
const TITLE = "Red wine on linen";

const others = (): PretendedSession[] => [
  sessionOf("Yellow leaves on a monstera", 95),
  sessionOf("Washing machine shows E18", 60 * 26),
  sessionOf(
    "What to check before I buy a used bike, and what a fair price for one with hub gears is",
    60 * 53,
  ),
  sessionOf("Letter from the electricity company", 60 * 24 * 6),
  sessionOf("Dinner from half a cabbage", 60 * 24 * 12),
  sessionOf(null, 60 * 24 * 30),
];

const panel = ({ page }: Stage) => page.getByRole("dialog", { name: "Your chats" });

async function openPanel(stage: Stage, sessions: PretendedSession[] = others()): Promise<void> {
  const title = sessions.length === 0 ? null : TITLE;
  const messages = sessions.length === 0 ? [] : [asked(SAID.stain), answered(SAID.stainAnswer)];
  await openChat(stage, { title, messages, others: sessions });
  await stage.page.getByRole("button", { name: "Chats", exact: true }).click();
  await panel(stage).waitFor();
}

/** The chats one has: found, renamed, deleted. */
export const SESSION_SCREENS: Screen[] = [
  {
    name: "sessions",
    about: "One's chats, last used first",
    who: "member",
    show: async (stage) => {
      await openPanel(stage);
      await panel(stage).getByText("Washing machine").waitFor();
    },
  },
  {
    name: "sessions-none",
    about: "No chats yet",
    who: "member",
    show: async (stage) => {
      await openPanel(stage, []);
      await panel(stage).getByText("No chats yet").waitFor();
    },
  },
  {
    name: "sessions-found",
    about: "What a search finds, with the words around it",
    who: "member",
    show: async (stage) => {
      await openPanel(stage);
      const found = [
        sessionOf(
          "Washing machine shows E18",
          60 * 26,
          "…the filter is clean, and the water goes away by itself…",
        ),
        sessionOf(TITLE, 3, "Pour cold water through the cloth from behind"),
      ];
      await stage.page.route(LIST, (route) => route.fulfill({ json: { result: { data: found } } }));
      await panel(stage).getByLabel("Search chats").fill("water");
      await panel(stage).getByText("through the cloth").waitFor();
    },
  },
  {
    name: "sessions-none-found",
    about: "A search that finds nothing",
    who: "member",
    show: async (stage) => {
      await openPanel(stage);
      await stage.page.route(LIST, (route) => route.fulfill({ json: { result: { data: [] } } }));
      await panel(stage).getByLabel("Search chats").fill("submarine");
      await panel(stage).getByText("Nothing found").waitFor();
    },
  },
  {
    name: "sessions-loading",
    about: "One's chats before the answer",
    who: "member",
    show: async (stage) => {
      await openChat(stage);
      await stage.stall(LIST);
      await stage.page.reload();
      await stage.page.getByRole("button", { name: "Chats", exact: true }).click();
      await panel(stage).getByText("Loading").waitFor();
    },
  },
  {
    name: "sessions-failed",
    about: "One's chats did not come",
    who: "member",
    show: async (stage) => {
      await openChat(stage);
      await stage.refuse(LIST, "INTERNAL", 500);
      await stage.page.reload();
      await stage.page.getByRole("button", { name: "Chats", exact: true }).click();
      await panel(stage).getByText("Your chats could not be loaded").waitFor();
    },
  },
  {
    name: "session-rename",
    about: "Giving a chat another name",
    who: "member",
    show: async (stage) => {
      await openPanel(stage);
      await panel(stage).getByLabel("Rename “Washing machine shows E18”").click();
      await panel(stage).getByLabel("Name of the chat").waitFor();
    },
  },
  {
    name: "session-delete",
    about: "Deleting a chat: what goes with it",
    who: "member",
    show: async (stage) => {
      await openPanel(stage);
      await panel(stage).getByLabel("Delete “Washing machine shows E18”").click();
      await stage.page.getByRole("button", { name: "Delete chat" }).waitFor();
    },
  },
];
