import type { MessageView, ReplyFailure } from "../../packages/shared/src/session-events.ts";
import { SAID } from "./chat-words.ts";
import { MOMENTS } from "./moments.ts";
import { answered, asked, field, openChat, uploadOf } from "./pretend-chat.ts";
import type { Pretend, Screen } from "./screen.ts";

type Named = Pick<Screen, "name" | "about">;

/** A question with a picture, and its answer. */
export const plant = (): MessageView[] => [
  asked(SAID.plant, [uploadOf("liveassist", "plant")], 6),
  answered(SAID.plantAnswer),
];
export const PLANT = "Yellow leaves on a monstera";
const STAIN = "Red wine on linen";

/** A thread with these last words, and what has to be seen of it. */
const thread = (
  named: Named,
  [title, messages]: [string, () => MessageView[]],
  pretend: Pretend = {},
): Screen => ({
  ...named,
  who: "member",
  show: async (stage) => {
    await openChat(stage, { title, messages: messages(), pretend });
    await stage.page.getByTestId("thread").locator("article").last().waitFor();
    await stage.page.locator(".reply-text").last().or(stage.page.locator("[aria-busy]")).last().waitFor();
  },
});

const ended = (named: Named, ending: Partial<MessageView>, text: string = SAID.stainHalf): Screen =>
  thread(named, [STAIN, () => [asked(SAID.stain), answered(text, ending)]]);

const failed = (failure: ReplyFailure, about: string): Screen => ({
  name: `chat-failed-${failure}`,
  about,
  who: "member",
  show: async (stage) => {
    const messages = [asked(SAID.stain), answered("", { status: "failed", failure })];
    await openChat(stage, { title: STAIN, messages });
    await stage.page.getByRole("button", { name: "Try again" }).waitFor();
  },
});

/** The chat, its replies, and the text being written. */
export const CHAT_SCREENS: Screen[] = [
  {
    name: "chat-first-run",
    about: "The first look: what to ask, and what there is today",
    who: "member",
    show: async (stage) => {
      await openChat(stage);
      await stage.page.getByText("What can we look at").waitFor();
      await stage.page.getByText("5-day free trial").waitFor();
      await stage.page.getByText("of 2 images today").waitFor();
    },
  },
  {
    name: "chat-loading",
    about: "Before the messages are there",
    who: "member",
    show: async (stage) => {
      await openChat(stage, { title: PLANT });
      await stage.stall("**/trpc/liveassist.listMessages*");
      await stage.page.reload();
      await stage.page.getByText("Loading the chat…").waitFor();
      await stage.page.getByRole("heading", { name: PLANT }).waitFor();
    },
  },
  {
    name: "chat-load-failed",
    about: "The messages did not come",
    who: "member",
    show: async (stage) => {
      await openChat(stage, { title: PLANT });
      await stage.refuse("**/trpc/liveassist.listMessages*", "INTERNAL", 500);
      await stage.page.reload();
      await stage.page.getByText("This chat could not be loaded").waitFor();
    },
  },
  thread({ name: "chat-thread", about: "A thread: a picture, a list, a link that says where it leads" }, [
    PLANT,
    plant,
  ]),
  thread({ name: "chat-code", about: "A reply with code to copy, a table and a quotation" }, [
    "Rename .jpeg to .jpg",
    () => [asked(SAID.rename), answered(SAID.renameAnswer)],
  ]),
  thread(
    { name: "chat-premium", about: "With Premium: no offer, no limit, video open" },
    [PLANT, plant],
    MOMENTS.paid,
  ),
  ended({ name: "chat-thinking", about: "Sent; the first word is on its way" }, { status: "streaming" }, ""),
  ended(
    { name: "chat-streaming", about: "A reply that is being written, with Stop" },
    { status: "streaming" },
  ),
  ended({ name: "chat-stopped", about: "Stopped: what was there stays" }, { status: "stopped" }),
  ended(
    { name: "chat-interrupted", about: "Interrupted, as by a restart of the server" },
    { status: "interrupted" },
  ),
  failed("away", "The assistant cannot be reached"),
  failed("busy", "The assistant has too much to do"),
  failed("refused", "The assistant would not answer"),
  failed("misconfigured", "The assistant is not set up correctly"),
  {
    name: "chat-scrolled-up",
    about: "Reading further up is never disturbed; a button leads back down",
    who: "member",
    show: async (stage) => {
      const messages = [...plant(), asked(SAID.thanks), answered(SAID.thanksAnswer), ...plant()];
      const last = answered("", { status: "streaming" });
      const tell = await openChat(stage, { title: PLANT, messages: [...messages, asked(SAID.thanks), last] });
      await stage.page.getByTestId("thread").locator("article").last().waitFor();
      await stage.page.getByTestId("thread").hover();
      await stage.page.mouse.wheel(0, -600);
      await stage.page.getByRole("button", { name: "Go to the newest message" }).waitFor();
      tell({ type: "delta", replyId: last.id, offset: 0, text: SAID.thanksAnswer }, `${last.id}:1`);
      await stage.page.getByRole("button", { name: "New below" }).waitFor();
    },
  },
  {
    name: "chat-draft",
    about: "A longer text being written, with what is left of the plan's length",
    who: "member",
    show: async (stage) => {
      await openChat(stage, { title: PLANT, messages: plant() });
      await field(stage).fill(SAID.draft);
      await stage.page.getByText("characters left").waitFor();
    },
  },
  {
    name: "chat-too-long",
    about: "Too long for the plan: said before it is sent",
    who: "member",
    show: async (stage) => {
      await openChat(stage, { title: PLANT, messages: plant() });
      await field(stage).fill(SAID.draft + SAID.draftMore);
      await stage.page.getByText("characters too many").waitFor();
    },
  },
];
