import { afterAll, beforeAll, expect, test } from "vitest";
import { openChat } from "../../test/support/chat-steps.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { AssistantError } from "../assistant-port.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test("pages go back from the newest, each oldest first, and nothing is left out or told twice", async () => {
  const chat = await openChat(world);
  for (const text of ["1", "2", "3"]) {
    world.assistant.next(`re ${text}`);
    await chat.send(text);
    await chat.newest("complete");
  }
  const page = (before?: string) =>
    world
      .as(chat.actor)
      .liveassist.listMessages({ sessionId: chat.sessionId, limit: 4, ...(before ? { before } : {}) });
  const newest = await page();
  expect(newest.map(({ text }) => text)).toEqual(["2", "re 2", "3", "re 3"]);
  const older = await page(newest[0]?.id);
  expect(older.map(({ text }) => text)).toEqual(["1", "re 1"]);
  expect(await page(older[0]?.id)).toEqual([]);
});

test("a reply that was tried again takes no place in a page", async () => {
  const chat = await openChat(world);
  world.assistant.next(new AssistantError("busy"));
  const { replyId } = await chat.send("Hi");
  await chat.newest("failed");
  const { sessionId } = chat;
  const { liveassist } = world.as(chat.actor);
  await liveassist.retryReply({ sessionId, replyId });
  await chat.newest("complete");
  const page = await liveassist.listMessages({ sessionId, limit: 2 });
  expect(page.map(({ text }) => text)).toEqual(["Hi", "Hello."]);
});

test("another's session, and a message of another session, are not there", async () => {
  const [mine, theirs] = [await openChat(world), await openChat(world)];
  const { message } = await theirs.send("Private");
  const { liveassist } = world.as(mine.actor);
  const { sessionId } = mine;
  for (const input of [{ sessionId: theirs.sessionId }, { sessionId, before: message.id }]) {
    await expect(liveassist.listMessages(input)).rejects.toMatchObject({ cause: { code: "NOT_FOUND" } });
  }
});
