import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Chat, gate, openChat } from "../../test/support/chat-steps.ts";
import { openSessionTab } from "../../test/support/session-tab.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { AssistantError } from "../assistant-port.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** A chat whose last reply failed in the middle. */
async function failedChat(): Promise<
  Chat & { replyId: string; retry: (id?: string) => Promise<{ replyId: string }> }
> {
  const chat = await openChat(world);
  world.assistant.next("Hel", new AssistantError("busy"));
  const { replyId } = await chat.send("Hi");
  await chat.newest("failed");
  const { sessionId } = chat;
  const retry = (id = replyId) => world.as(chat.actor).liveassist.retryReply({ sessionId, replyId: id });
  return { ...chat, replyId, retry };
}

describe("a reply that is tried again", () => {
  test("takes the place of the old one, in the list and in an open tab", async () => {
    const chat = await failedChat();
    const loaded = await chat.list();
    const cursor = `${chat.replyId}:3`;
    const tab = openSessionTab(world.deps, chat.actor, { sessionId: chat.sessionId, cursor, loaded });
    await tab.until(({ events }) => events.length > 0);
    const { replyId } = await chat.retry();
    const reply = await chat.newest("complete");
    expect(reply).toMatchObject({ id: replyId, text: "Hello.", failure: null });
    expect(await chat.list()).toHaveLength(2);
    await tab.until(({ thread }) => thread.get(replyId)?.status === "complete");
    expect([...tab.thread.values()]).toEqual(await chat.list());
    expect(tab.events).toContainEqual({
      type: "reply",
      replyId: chat.replyId,
      status: "superseded",
      failure: null,
    });
    await tab.close();
  });

  test("twice, also ten times at once, is tried once", async () => {
    const chat = await failedChat();
    const before = world.assistant.requests.length;
    const answers = await Promise.all(Array.from({ length: 10 }, () => chat.retry()));
    await chat.newest("complete");
    expect(new Set([...answers, await chat.retry()].map(({ replyId }) => replyId)).size).toBe(1);
    expect(world.assistant.requests.length - before).toBe(1);
  });

  test("and stopped can be tried once more; the message's first answer stays the first", async () => {
    const chat = await openChat(world);
    world.assistant.next(new AssistantError("away"));
    const first = await chat.send("Hi", "mine");
    await chat.newest("failed");
    const { liveassist } = world.as(chat.actor);
    const { sessionId } = chat;
    world.assistant.next("Hel", new Promise(() => {}));
    const second = await liveassist.retryReply({ sessionId, replyId: first.replyId });
    await vi.waitFor(async () => expect((await chat.list()).at(-1)?.text).toBe("Hel"), { timeout: 15_000 });
    await liveassist.stopReply({ sessionId, ...second });
    await chat.newest("stopped");
    const third = await liveassist.retryReply({ sessionId, ...second });
    expect(await chat.newest("complete")).toMatchObject({ id: third.replyId });
    expect(await chat.send("Hi", "mine")).toEqual(first);
  });
});

describe("trying again is refused", () => {
  test("while the reply runs", async () => {
    const chat = await openChat(world);
    const { passed, open } = gate();
    world.assistant.next(passed);
    const { replyId } = await chat.send("Hi");
    const { sessionId } = chat;
    const retrying = world.as(chat.actor).liveassist.retryReply({ sessionId, replyId });
    await expect(retrying).rejects.toMatchObject({ cause: { code: "REPLY_RUNNING" } });
    open();
  });
  test("for one that came to its end, and for one that is not the last", async () => {
    const chat = await failedChat();
    const { replyId } = await chat.send("Never mind");
    await chat.newest("complete");
    for (const id of [chat.replyId, replyId]) {
      await expect(chat.retry(id)).rejects.toMatchObject({ cause: { code: "NOT_RETRYABLE", status: 409 } });
    }
    expect(await chat.list()).toHaveLength(4);
  });
  test("for what is no reply of one's own session", async () => {
    const [chat, theirs] = [await failedChat(), await failedChat()];
    const [message] = await chat.list();
    for (const id of [theirs.replyId, message?.id, crypto.randomUUID()]) {
      await expect(chat.retry(id)).rejects.toMatchObject({ cause: { code: "NOT_FOUND" } });
    }
    const { liveassist } = world.as(chat.actor);
    const foreign = { sessionId: theirs.sessionId, replyId: theirs.replyId };
    await expect(liveassist.retryReply(foreign)).rejects.toMatchObject({ cause: { code: "NOT_FOUND" } });
    await expect(liveassist.stopReply(foreign)).rejects.toMatchObject({ cause: { code: "NOT_FOUND" } });
    expect(await theirs.newest("failed")).toMatchObject({ id: theirs.replyId });
  });
});
