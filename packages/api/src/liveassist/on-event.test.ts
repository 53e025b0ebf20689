import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gate, openChat } from "../../test/support/chat-steps.ts";
import { openSessionTab } from "../../test/support/session-tab.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe("whoever follows a session", () => {
  test("hears the message, the reply as it is written, and its end; and knows what is stored", async () => {
    const chat = await openChat(world);
    const tab = openSessionTab(world.deps, chat.actor, {
      sessionId: chat.sessionId,
      cursor: "from the newest turn",
    });
    const { passed, open } = gate();
    world.assistant.next("Hel", passed, "lo.");
    const { message, replyId } = await chat.send("Hi");
    await tab.until(({ thread }) => thread.get(replyId)?.text === "Hel");
    open();
    await tab.until(({ thread }) => thread.get(replyId)?.status === "complete");
    expect([...tab.thread.values()]).toEqual(await chat.list());
    expect(tab.events[0]).toEqual({ type: "message", message });
    expect(tab.events.at(-1)).toEqual({ type: "reply", replyId, status: "complete", failure: null });
    expect(tab.ids.at(-1)).toBe(`${replyId}:6`);
    await tab.close();
  });
});
