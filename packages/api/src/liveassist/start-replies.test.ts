import { liveassistMessages, liveassistSessions } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { gate, openChat } from "../../test/support/chat-steps.ts";
import { otherServer } from "../../test/support/other-server.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { type UploadSteps, uploadSteps } from "../../test/support/upload-steps.ts";
import { AssistantError, type AssistantPort } from "../assistant-port.ts";
import type { Settings } from "../deps.ts";
import { sendMessage } from "./send-message.ts";
import { stopReply } from "./stop-reply.ts";
import { sweepReplies } from "./sweep-replies.ts";

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

const PATIENT = { timeout: 15_000, interval: 20 };
const rowOf = async (id: string) =>
  (await world.deps.db.select().from(liveassistMessages).where(eq(liveassistMessages.id, id)))[0];
/** Waits until the row has this text; a busy machine takes its time. */
const storedAs = (replyId: string, text: string) =>
  vi.waitFor(async () => expect((await rowOf(replyId))?.text).toBe(text), PATIENT);
const never = new Promise<never>(() => {});
/** Says something, and then hears nothing any more. */
const stubborn: AssistantPort = {
  async *reply() {
    yield "Hel";
    await never;
  },
};
const hello = { text: "Hi", clientMessageId: "1" };

describe("a running reply", () => {
  test("is stored soon behind what was said, also while nobody follows", async () => {
    const chat = await openChat(world);
    const { passed, open } = gate();
    world.assistant.next("Hel", passed, "lo.");
    await chat.send("Hi");
    await vi.waitFor(
      async () => expect(await chat.newest("streaming")).toMatchObject({ text: "Hel" }),
      PATIENT,
    );
    open();
    expect(await chat.newest("complete")).toMatchObject({ text: "Hello." });
  });

  test("stops when it is told to, and keeps what is there", async () => {
    const chat = await openChat(world);
    world.assistant.next("Hel", never);
    const { replyId } = await chat.send("Hi");
    await storedAs(replyId, "Hel");
    const stop = () => world.as(chat.actor).liveassist.stopReply({ sessionId: chat.sessionId, replyId });
    expect(await stop()).toEqual({ stopped: true });
    expect(await chat.newest("stopped")).toMatchObject({ text: "Hel", failure: null });
    expect(await stop()).toEqual({ stopped: false });
  });

  test("stops at its next checkpoint when it is told on another server and no wake-up comes", async () => {
    const chat = await openChat(world);
    const server = otherServer(world.deps, { isDeaf: true, assistant: stubborn });
    const { replyId } = await sendMessage(server, chat.actor, { sessionId: chat.sessionId, ...hello });
    await storedAs(replyId, "Hel");
    await stopReply(world.deps, chat.actor, { sessionId: chat.sessionId, replyId });
    expect(await chat.newest("stopped")).toMatchObject({ text: "Hel" });
    await server.replies.stop();
  });

  test("is interrupted when its server stops, and so is one that is begun after that", async () => {
    const chat = await openChat(world);
    const server = otherServer(world.deps, { assistant: stubborn });
    const { replyId } = await sendMessage(server, chat.actor, { sessionId: chat.sessionId, ...hello });
    await storedAs(replyId, "Hel");
    await server.replies.stop();
    expect(await rowOf(replyId)).toMatchObject({ status: "interrupted", text: "Hel", leaseUntil: null });
    const late = { sessionId: chat.sessionId, text: "And?", clientMessageId: "2" };
    await sendMessage(server, chat.actor, late);
    expect(await chat.newest("interrupted")).toMatchObject({ text: "" });
  });

  test("that was interrupted behind its writer's back is not written any more", async () => {
    const chat = await openChat(world);
    const { passed, open } = gate();
    world.assistant.next("Hel", passed, "lo.");
    const { replyId } = await chat.send("Hi");
    await storedAs(replyId, "Hel");
    await world.deps.db
      .update(liveassistMessages)
      .set({ status: "interrupted" })
      .where(eq(liveassistMessages.id, replyId));
    await vi.waitFor(() => expect(world.assistant.requests.at(-1)?.signal.aborted).toBe(true), PATIENT);
    open();
    await chat.send("Again").then(() => chat.newest("complete"));
    expect(await rowOf(replyId)).toMatchObject({ status: "interrupted", text: "Hel" });
  });

  test("ends without a word when its session is deleted", async () => {
    const chat = await openChat(world);
    world.assistant.next("Hel", never);
    const { replyId } = await chat.send("Hi");
    await storedAs(replyId, "Hel");
    const { signal } = world.assistant.requests.at(-1) ?? {};
    await world.as(chat.actor).liveassist.deleteSession({ sessionId: chat.sessionId });
    await vi.waitFor(() => expect(signal?.aborted).toBe(true), PATIENT);
    expect(await rowOf(replyId)).toBeUndefined();
  });

  test("of a model without an end is cut off, not inside a character", async () => {
    const chat = await openChat(world);
    const endless: AssistantPort = {
      async *reply() {
        for (;;) yield "a😀😀😀";
      },
    };
    const server = otherServer(world.deps, { assistant: endless });
    await sendMessage(server, chat.actor, { sessionId: chat.sessionId, ...hello });
    const { text } = await chat.newest("complete");
    expect(text.isWellFormed()).toBe(true);
    expect(text.length).toBeGreaterThan(3_590);
    expect(text.length).toBeLessThanOrEqual(3_600);
    await server.replies.stop();
  });
});

describe("a reply that cannot be made", () => {
  test.each([
    [new AssistantError("busy"), "busy", "Hel"],
    [new Error("secret of the provider"), "away", "Hel"],
  ])("has failed with what there is (%s), and the log repeats nothing", async (error, failure, text) => {
    const chat = await openChat(world);
    world.assistant.next("Hel", error);
    await chat.send("A confidential question");
    expect(await chat.newest("failed")).toMatchObject({ failure, text });
    expect(JSON.stringify(world.logs)).not.toMatch(/secret of|confidential/);
    const line = world.logs.find(
      (one) => one.message === "the assistant failed" && one["failure"] === failure,
    );
    expect(line).toMatchObject({ userId: chat.actor.userId, liveassistSessionId: chat.sessionId });
  });

  test("because it cannot even be asked for has failed, and does not hang", async () => {
    const chat = await openChat(world);
    const desk = otherServer(world.deps);
    const broken = (): Settings => {
      throw new Error("broken");
    };
    Object.defineProperty(desk, "settings", { get: broken });
    await sendMessage({ ...world.deps, replies: desk.replies }, chat.actor, {
      sessionId: chat.sessionId,
      ...hello,
    });
    expect(await chat.newest("failed")).toMatchObject({ failure: "away", text: "" });
    await desk.replies.stop();
  });

  test("because the model says nothing has failed", async () => {
    const chat = await openChat(world);
    world.assistant.next(" ", "\n");
    await chat.send("Hi");
    expect(await chat.newest("failed")).toMatchObject({ failure: "away" });
  });

  test("gives its picture's unit back, and takes it again when it is tried again", async () => {
    const chat = await openChat(world);
    const { liveassist } = world.as(chat.actor);
    const { sessionId } = chat;
    const uploadIds = [await uploads.ready(chat.actor)];
    const [unit = ""] = await uploads.units(chat.actor);
    expect(unit).toMatch(/^reserved/);
    world.assistant.next(new AssistantError("away"));
    const { replyId } = await liveassist.sendMessage({
      sessionId,
      text: "",
      clientMessageId: "picture",
      uploadIds,
    });
    await chat.newest("failed");
    expect(await uploads.units(chat.actor)).toEqual([unit.replace("reserved", "released")]);
    await liveassist.retryReply({ sessionId, replyId });
    await chat.newest("complete");
    expect(await uploads.units(chat.actor)).toEqual([unit.replace("reserved", "committed")]);
  });

  test("because its chat was deleted has not failed, and says nothing of it to the operator", async () => {
    const chat = await openChat(world);
    const asked = gate();
    world.assistant.next(asked.passed, new AssistantError("away"));
    const { replyId } = await chat.send("Hi");
    await vi.waitFor(() => expect(world.assistant.requests.at(-1)?.turns.at(-1)?.text).toBe("Hi"));
    const over = Promise.withResolvers<void>();
    const stop = world.deps.bus.onSession((id) => id === chat.sessionId && over.resolve());
    // By hand, so that nobody is told.
    await world.deps.db.delete(liveassistSessions).where(eq(liveassistSessions.id, chat.sessionId));
    asked.open();
    await over.promise;
    stop();
    expect(world.logs.filter((line) => line["replyId"] === replyId && line["failure"])).toEqual([]);
  });

  test("cut off by a filter after it spoke keeps its picture's unit: the picture was looked at", async () => {
    const chat = await openChat(world);
    const { liveassist } = world.as(chat.actor);
    const { sessionId } = chat;
    const uploadIds = [await uploads.ready(chat.actor)];
    world.assistant.next("A red bicycle, and", new AssistantError("refused"));
    const message = { sessionId, text: "", clientMessageId: "picture", uploadIds };
    const { replyId } = await liveassist.sendMessage(message);
    expect(await chat.newest("failed")).toMatchObject({ failure: "refused" });
    expect(await uploads.units(chat.actor)).toEqual([expect.stringMatching(/^committed/)]);
    await liveassist.retryReply({ sessionId, replyId });
    await chat.newest("complete");
    expect(await uploads.units(chat.actor)).toEqual([expect.stringMatching(/^committed/)]);
  });

  test("is not tried again when its picture's unit was taken by others meanwhile", async () => {
    const chat = await openChat(world);
    const { liveassist } = world.as(chat.actor);
    const { sessionId } = chat;
    const uploadIds = [await uploads.ready(chat.actor)];
    world.assistant.next(new AssistantError("away"));
    const message = { sessionId, text: "", clientMessageId: "picture", uploadIds };
    const { replyId } = await liveassist.sendMessage(message);
    await chat.newest("failed");
    await uploads.begin(chat.actor);
    await uploads.begin(chat.actor);
    const retrying = liveassist.retryReply({ sessionId, replyId });
    await expect(retrying).rejects.toMatchObject({ cause: { code: "IMAGE_DAY_LIMIT" } });
    expect(await chat.newest("failed")).toMatchObject({ id: replyId });
  });
});

test("a reply whose process is gone is interrupted when its lease is over, and not before", async () => {
  const chat = await openChat(world);
  const dead = { ...world.deps, replies: { ...world.deps.replies, begin: () => {} } };
  const { replyId } = await sendMessage(dead, chat.actor, { sessionId: chat.sessionId, ...hello });
  world.clock.advance(10_000);
  await sweepReplies(world.deps);
  expect(await rowOf(replyId)).toMatchObject({ status: "streaming" });
  world.clock.advance(1);
  expect(await sweepReplies(world.deps)).toBe(1);
  expect(await chat.newest("interrupted")).toMatchObject({ id: replyId, text: "" });
});
