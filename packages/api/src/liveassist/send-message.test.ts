import { liveassistMessages } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gate, openChat } from "../../test/support/chat-steps.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { type UploadSteps, uploadSteps } from "../../test/support/upload-steps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";

let world: TestWorld;
let uploads: UploadSteps;
beforeAll(async () => {
  world = await openWorld();
  uploads = await uploadSteps(world.deps);
});
afterAll(async () => {
  await world.close();
  await uploads.close();
});

const rowsOf = (sessionId: string) =>
  world.deps.db.select().from(liveassistMessages).where(eq(liveassistMessages.sessionId, sessionId));

describe("a message", () => {
  test("is answered, and both are listed, oldest first", async () => {
    const chat = await openChat(world);
    world.assistant.next("It is ", "a bicycle.");
    const { message, replyId } = await chat.send("What is this?", "first");
    expect(message).toMatchObject({ role: "user", text: "What is this?", status: "complete", uploads: [] });
    expect(message.client_message_id).toBe("first");
    const reply = await chat.newest("complete");
    expect(reply).toMatchObject({ id: replyId, role: "assistant", text: "It is a bicycle.", failure: null });
    expect((await chat.list()).map(({ id }) => id)).toEqual([message.id, replyId]);
  });

  test("names its session and brings it to the top", async () => {
    const actor = await world.user();
    const [older, newer] = [await openChat(world, actor), await openChat(world, actor)];
    world.clock.advance(1_000);
    await older.send("  How do I\n true a wheel?  ");
    await older.newest("complete");
    const sessions = await world.as(actor).liveassist.listSessions();
    expect(sessions.map(({ id, title }) => [id, title])).toEqual([
      [older.sessionId, "How do I true a wheel?"],
      [newer.sessionId, null],
    ]);
  });

  test("sent again under its own id is the same message with the same answer, also ten at once", async () => {
    const chat = await openChat(world);
    const before = world.assistant.requests.length;
    const answers = await Promise.all(Array.from({ length: 10 }, () => chat.send("Once", "same")));
    await chat.newest("complete");
    const late = await chat.send("Once", "same");
    for (const answer of answers) expect(answer).toEqual(late);
    expect(await rowsOf(chat.sessionId)).toHaveLength(2);
    expect(world.assistant.requests.length - before).toBe(1);
  });

  test("sent while a reply runs is refused, and nothing of it is stored", async () => {
    const chat = await openChat(world);
    const { passed, open } = gate();
    world.assistant.next(passed);
    await chat.send("One");
    await expect(chat.send("Two")).rejects.toMatchObject({ cause: { code: "REPLY_RUNNING", status: 409 } });
    expect(await rowsOf(chat.sessionId)).toHaveLength(2);
    open();
  });

  test("may be 500 characters on Free, counted as people count them, and not one more", async () => {
    const chat = await openChat(world);
    await expect(chat.send("🚲".repeat(501))).rejects.toMatchObject({
      cause: {
        code: "MESSAGE_TOO_LONG",
        status: 403,
        message: "The message is too long: at most 500 characters on your plan.",
      },
    });
    expect(await rowsOf(chat.sessionId)).toEqual([]);
    const { message } = await chat.send("🚲".repeat(500));
    expect(message.text).toBe("🚲".repeat(500));
  });

  test("carries its pictures, and commits their units", async () => {
    const chat = await openChat(world);
    const uploadIds = [await uploads.ready(chat.actor), await uploads.ready(chat.actor)];
    const { sessionId } = chat;
    const input = { sessionId, text: "", clientMessageId: "pictures", uploadIds };
    const { message } = await world.as(chat.actor).liveassist.sendMessage(input);
    expect(message.uploads.map(({ id }) => id)).toEqual(uploadIds);
    await chat.newest("complete");
    expect((await chat.list())[0]).toEqual(message);
    expect(await world.as(chat.actor).liveassist.sendMessage(input)).toMatchObject({ message });
    const again = { ...input, clientMessageId: "again" };
    await expect(world.as(chat.actor).liveassist.sendMessage(again)).rejects.toMatchObject({
      cause: { code: "UPLOAD_USED" },
    });
    expect(await rowsOf(sessionId)).toHaveLength(2);
  });

  test("with pictures, sent in many sessions at once, waits for nobody in a circle", async () => {
    const { actor, customerId } = await world.buyer();
    world.at.subscribe(customerId);
    await syncCustomer(world.deps, customerId);
    const chats = await Promise.all(Array.from({ length: 6 }, () => openChat(world, actor)));
    const pictures = await Promise.all(chats.map(() => uploads.ready(actor)));
    const sent = await Promise.all(
      chats.map(({ sessionId }, at) => {
        const input = {
          sessionId,
          text: "Look",
          clientMessageId: "a",
          uploadIds: pictures.slice(at, at + 1),
        };
        return world.as(actor).liveassist.sendMessage(input);
      }),
    );
    expect(sent.map(({ message }) => message.uploads.length)).toEqual(chats.map(() => 1));
  });
});

test("to a session that is deleted, another's or never was, nothing can be sent", async () => {
  const theirs = await openChat(world);
  const mine = await openChat(world);
  await world.as(mine.actor).liveassist.deleteSession({ sessionId: mine.sessionId });
  for (const sessionId of [theirs.sessionId, mine.sessionId, crypto.randomUUID()]) {
    const sending = world
      .as(mine.actor)
      .liveassist.sendMessage({ sessionId, text: "Hi", clientMessageId: "1" });
    await expect(sending).rejects.toMatchObject({ cause: { code: "NOT_FOUND", status: 404 } });
  }
  expect(await rowsOf(theirs.sessionId)).toEqual([]);
});
