import { PLANT, plant } from "./chat-screens.ts";
import { SAID } from "./chat-words.ts";
import { answered, asked, field, openChat, uploadOf } from "./pretend-chat.ts";
import type { Screen, Stage } from "./screen.ts";

async function send(stage: Stage, text: string): Promise<void> {
  await field(stage).fill(text);
  await field(stage).press("Enter");
}

/** What can be in the way of a message, and of older ones. */
export const CHAT_TROUBLE_SCREENS: Screen[] = [
  {
    name: "chat-reply-running",
    about: "A second message while a reply runs elsewhere: not sent, and kept",
    who: "member",
    show: async (stage) => {
      await stage.refuse("**/trpc/liveassist.sendMessage*", "REPLY_RUNNING", 409);
      await openChat(stage, { title: PLANT, messages: plant() });
      await send(stage, SAID.thanks);
      await stage.page.getByText("an answer is still being written").waitFor();
    },
  },
  {
    name: "chat-not-sent",
    about: "A message the server did not take, with the ways on",
    who: "member",
    show: async (stage) => {
      await stage.refuse("**/trpc/liveassist.sendMessage*", "INTERNAL", 500);
      await openChat(stage, { title: PLANT, messages: plant() });
      await send(stage, SAID.thanks);
      await stage.page.getByRole("button", { name: "Send again" }).waitFor();
    },
  },
  {
    name: "chat-offline",
    about: "No network: what is sent waits, and goes by itself",
    who: "member",
    show: async (stage) => {
      await openChat(stage, { title: PLANT, messages: plant() });
      await stage.page.locator(".reply-text").waitFor();
      await stage.page.context().setOffline(true);
      await stage.refuse("**/trpc/liveassist.sendMessage*");
      await stage.page.getByText("You are offline.").waitFor();
      await send(stage, SAID.thanks);
      await stage.page.getByText("Waiting for the network.").waitFor();
    },
  },
  {
    name: "chat-reconnecting",
    about: "The live connection is away; the messages are asked for instead",
    who: "member",
    show: async (stage) => {
      await openChat(stage, { title: PLANT, messages: plant() });
      await stage.page.routeWebSocket("**/trpc", (socket) => socket.close());
      await stage.page.reload();
      await stage.page.getByText("Live updates are paused").waitFor();
    },
  },
  {
    name: "chat-retry-limit",
    about: "Trying again takes the picture of the day anew, and there is none left",
    who: "member",
    show: async (stage) => {
      const question = asked(SAID.plant, [uploadOf("liveassist", "plant")]);
      const reply = answered("", { status: "failed", failure: "away" });
      await stage.refuse("**/trpc/liveassist.retryReply*", "IMAGE_DAY_LIMIT", 403);
      await openChat(stage, { title: PLANT, messages: [question, reply], pretend: { images_used: 2 } });
      await stage.page.getByRole("button", { name: "Try again" }).click();
      await stage.page.getByRole("alert").filter({ hasText: /image/i }).waitFor();
    },
  },
  {
    name: "chat-older-failed",
    about: "Scrolled to the top of a long thread, and what was before did not come",
    who: "member",
    show: async (stage) => {
      const messages = Array.from({ length: 50 }, () => [
        asked(SAID.thanks),
        answered(SAID.thanksAnswer),
      ]).flat();
      await openChat(stage, { title: PLANT, messages });
      await stage.page.locator(".reply-text").last().waitFor();
      await stage.refuse("**/trpc/liveassist.listMessages*", "INTERNAL", 500);
      await stage.page.getByTestId("thread").evaluate((thread) => thread.scrollTo(0, 0));
      await stage.page.getByText("Earlier messages could not be loaded.").waitFor();
    },
  },
];
