import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Chat, gate, openChat } from "../../test/support/chat-steps.ts";
import { otherServer } from "../../test/support/other-server.ts";
import { openSessionTab, type SessionTab } from "../../test/support/session-tab.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Deps } from "../deps.ts";

let world: TestWorld;
const tabs: SessionTab[] = [];
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => Promise.all(tabs.splice(0).map((tab) => tab.close())));
afterAll(() => world.close());

async function open(chat: Chat, cursor?: string | null, deps: Deps = world.deps): Promise<SessionTab> {
  const loaded = cursor ? await chat.list() : [];
  const tab = openSessionTab(deps, chat.actor, { sessionId: chat.sessionId, cursor: cursor ?? null, loaded });
  tabs.push(tab);
  return tab;
}
/** A chat with a reply that has begun, and waits. */
async function running() {
  const chat = await openChat(world);
  const { passed, open: goOn } = gate();
  world.assistant.next("Hel", passed, "lo.");
  const { message, replyId } = await chat.send("Hi");
  return { chat, message, replyId, goOn };
}
const isOver = (replyId: string) => (tab: SessionTab) => tab.thread.get(replyId)?.status === "complete";
const stored = (chat: Chat) => chat.list();
const known = (tab: SessionTab) => [...tab.thread.values()];

describe("whoever follows a session", () => {
  test("hears the message, the reply as it is written, and its end; each once, as it is stored", async () => {
    const { chat, message, replyId, goOn } = await running();
    const tab = await open(chat, "from the newest turn");
    await tab.until(({ thread }) => thread.get(replyId)?.text === "Hel");
    goOn();
    await tab.until(isOver(replyId));
    expect(known(tab)).toEqual(await stored(chat));
    expect(tab.events.filter(({ type }) => type !== "delta")).toEqual([
      { type: "message", message },
      expect.objectContaining({ type: "message" }),
      { type: "reply", replyId, status: "complete", failure: null },
    ]);
    expect(tab.ids.at(-1)).toBe(`${replyId}:6`);
  });

  test("without a cursor hears a running reply from its beginning, and nothing of before", async () => {
    const { chat, replyId, goOn } = await running();
    const tab = await open(chat);
    await tab.until(({ thread }) => thread.get(replyId)?.text === "Hel");
    goOn();
    await tab.until(isOver(replyId));
    expect(known(tab)).toEqual((await stored(chat)).slice(1));
  });

  test("without a cursor, and while nothing runs, hears only what comes", async () => {
    const chat = await openChat(world);
    await chat.send("Before");
    const before = await chat.newest("complete");
    const [idle, pilot] = [await open(chat), await open(chat, `${before.id}:6`)];
    // Its own end is told again to whoever stands at it: so it is known that both have begun.
    await pilot.until(({ events }) => events.length === 1);
    await idle.until(() => true);
    const { replyId } = await chat.send("After");
    await pilot.until(isOver(replyId));
    await idle.until(isOver(replyId));
    expect(known(idle).some(({ id }) => id === before.id)).toBe(false);
  });

  test("with an unknown cursor hears the newest turn as it is", async () => {
    const chat = await openChat(world);
    for (const text of ["One", "Two"]) {
      await chat.send(text);
      await chat.newest("complete");
    }
    const foreign = await openChat(world);
    const { message } = await foreign.send("Hi");
    for (const cursor of ["nonsense", `${crypto.randomUUID()}:0`, `${message.id}:2`]) {
      const tab = openSessionTab(world.deps, chat.actor, { sessionId: chat.sessionId, cursor });
      await tab.until(({ events }) => events.length === 2);
      expect(known(tab)).toEqual((await stored(chat)).slice(2));
      await tab.close();
    }
  });

  test("goes on after its cursor: messages, the rest of a reply, and that it ended", async () => {
    const { chat, message, replyId, goOn } = await running();
    goOn();
    await chat.newest("complete");
    await chat.send("And?");
    await chat.newest("complete");
    const all = await stored(chat);
    const cut = all
      .slice(0, 2)
      .map((one) => (one.id === replyId ? { ...one, text: "He", status: "streaming" as const } : one));
    const { sessionId } = chat;
    const resumed = openSessionTab(world.deps, chat.actor, {
      sessionId,
      cursor: `${replyId}:2`,
      loaded: cut,
    });
    const behind = openSessionTab(world.deps, chat.actor, {
      sessionId,
      cursor: `${message.id}:2`,
      loaded: all.slice(0, 1),
    });
    tabs.push(resumed, behind);
    await resumed.until(({ thread }) => thread.size === 4);
    await behind.until(({ thread }) => thread.size === 4);
    expect(known(resumed)).toEqual(all);
    expect(known(behind)).toEqual(all);
    expect(resumed.events.map(({ type }) => type)).toEqual(["delta", "reply", "message", "message"]);
  });

  test("on another server that no wake-up reaches knows the same, only later", async () => {
    const server = otherServer(world.deps, { isDeaf: true });
    const chat = await openChat(world);
    const tab = await open(chat, null, server);
    const [half, rest] = [gate(), gate()];
    world.assistant.next("He😀", half.passed, "ll", rest.passed, "o.");
    await tab.until(() => true);
    // From now on it stands at the empty beginning, or hears of it as running: both are "from now on".
    const { replyId } = await chat.send("Hi");
    await tab.until(({ thread }) => thread.get(replyId)?.text === "He😀");
    half.open();
    await tab.until(({ thread }) => thread.get(replyId)?.text === "He😀ll");
    rest.open();
    await tab.until(isOver(replyId));
    const { replyId: next } = await chat.send("And?");
    await tab.until(isOver(next));
    expect(known(tab).at(-1)).toEqual((await stored(chat)).at(-1));
    await world.as(chat.actor).liveassist.deleteSession({ sessionId: chat.sessionId });
    expect(await tab.ended).toBeNull();
    await server.replies.stop();
  });

  test("hears characters whole, however the model cuts them", async () => {
    const chat = await openChat(world);
    const tab = await open(chat, "from the newest turn");
    const pieces = "👩‍🔧 fixes 🚲!".split("");
    world.assistant.next(
      ...pieces.flatMap((piece) => [piece, new Promise((resolve) => setImmediate(resolve))]),
    );
    const { replyId } = await chat.send("Who?");
    await tab.until(isOver(replyId));
    expect(tab.thread.get(replyId)?.text).toBe("👩‍🔧 fixes 🚲!");
    expect(await chat.newest("complete")).toEqual(tab.thread.get(replyId));
  });

  test("hears the end of a session, and nothing of others", async () => {
    const [chat, other] = [await openChat(world), await openChat(world)];
    const [tab, bystander] = [await open(chat, "start"), await open(other, "start")];
    const { replyId } = await chat.send("Hi");
    await tab.until(isOver(replyId));
    await world.as(chat.actor).liveassist.deleteSession({ sessionId: chat.sessionId });
    expect(await tab.ended).toBeNull();
    const heard = await other.send("Mine");
    await bystander.until(isOver(heard.replyId));
    expect(bystander.thread.size).toBe(2);
  });
});

test("nobody follows another's session, or one that is not there", async () => {
  const [chat, stranger] = [await openChat(world), await openChat(world)];
  for (const sessionId of [chat.sessionId, crypto.randomUUID()]) {
    const tab = openSessionTab(world.deps, stranger.actor, { sessionId });
    expect(await tab.ended).toMatchObject({ code: "NOT_FOUND" });
  }
});

test("a reply whose process died with text that was not stored is told as it is stored", async () => {
  const chat = await openChat(world);
  const { replyId } = await chat.send("Hi");
  const reply = await chat.newest("complete");
  const had = { ...reply, text: `${reply.text}and more`, status: "streaming" as const };
  const cursor = `${replyId}:${had.text.length}`;
  const tab = openSessionTab(world.deps, chat.actor, { sessionId: chat.sessionId, cursor, loaded: [had] });
  tabs.push(tab);
  await tab.until(({ events }) => events.length > 0);
  expect(known(tab)).toEqual([reply]);
});
