import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { openChatTab } from "../support/chat-tab.ts";
import { ChatUser } from "../support/chat-user.ts";
import { type ChatWorld, startChatWorld } from "../support/chat-world.ts";
import { photo } from "../support/pictures.ts";
import { jpeg, TusSender } from "../support/tus-sender.ts";

let world: ChatWorld;
beforeAll(async () => {
  world = await startChatWorld();
});
afterAll(() => world.stop());

const begin = async (name: string) => ChatUser.begin(await new BrowserUser(world.server.url).signUp(name));

test("ten times the same message at once is one message, with one answer", async () => {
  const chat = await begin("Ten");
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => chat.post("Once", { clientMessageId: "one" })),
  );
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body).toEqual(answers[0]?.body);
  }
  await chat.newest("complete");
  expect(await chat.list()).toHaveLength(2);
});

test("of ten different messages at once one is taken, and the others are told that a reply runs", async () => {
  const chat = await begin("Mob");
  const gate = Promise.withResolvers<void>();
  world.model.next(gate.promise, "Yes.");
  const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => chat.post(`Message ${at}`)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status, body } of answers.filter((one) => one.status !== 200)) {
    expect([status, body]).toEqual([
      409,
      { error: "conflict", code: "REPLY_RUNNING", message: "The assistant is still answering." },
    ]);
  }
  gate.resolve();
  await chat.newest("complete");
  expect(await chat.list()).toHaveLength(2);
});

test("Stop is told at once to an open tab, ends the provider's work, and leaves what was said", async () => {
  const chat = await begin("Stop");
  const tab = openChatTab(chat.user, chat.sessionId);
  world.model.next("So far", "silence!");
  const abandoned = world.model.abandoned;
  const replyId = await chat.send("Go on for ever");
  await tab.until(({ thread }) => thread.get(replyId)?.text === "So far");
  expect((await chat.stop(replyId)).body).toEqual({ stopped: true });
  await tab.until(({ thread }) => thread.get(replyId)?.status === "stopped");
  await world.model.until(() => world.model.abandoned > abandoned);
  expect(await chat.list()).toEqual([...tab.thread.values()]);
  await tab.close();
});

test("a provider's failure is told, costs no unit, and the message can be tried again", async () => {
  const chat = await begin("Fay");
  const uploadId = await new TusSender(chat.user).send(jpeg(await photo()));
  const used = async () =>
    ((await chat.user.get("/api/subscriptions/status")).body["usage"] as { images_used: number }).images_used;
  const tab = openChatTab(chat.user, chat.sessionId);
  expect(await used()).toBe(1);
  world.model.refuse({ status: 401, body: { error: { message: "no", code: "invalid_api_key" } } });
  const replyId = await chat.send("What is this?", { uploadIds: [uploadId] });
  await tab.until(({ thread }) => thread.get(replyId)?.failure === "misconfigured");
  expect(await used()).toBe(0);
  world.model.next("A picture.");
  const { body } = await chat.retry(replyId);
  const next = String(body["replyId"]);
  await tab.until(({ thread }) => thread.get(next)?.status === "complete");
  expect([...tab.thread.values()]).toEqual(await chat.list());
  expect((await chat.list()).map(({ text }) => text)).toEqual(["What is this?", "A picture."]);
  expect(await used()).toBe(1);
  expect(JSON.stringify(world.server.logs)).not.toContain("What is this?");
  await tab.close();
});

describe("somebody else's session", () => {
  test("is not there, whatever one asks of it", async () => {
    const [theirs, mine] = [await begin("Own"), await begin("Spy")];
    const replyId = await theirs.send("Private");
    const reply = await theirs.newest("complete");
    const before = await theirs.list();
    const spy = new ChatUser(mine.user, theirs.sessionId);
    const { user, path } = spy;
    const answers = [
      await user.get(`${path}/messages`),
      await spy.post("Hello"),
      await spy.stop(replyId),
      await spy.retry(replyId),
      await user.call(`DELETE ${path}`),
      await user.get(`${mine.path}/messages?before=${reply.id}`),
      await mine.stop(replyId),
      await mine.retry(replyId),
      await user.get(`/api/liveassist/sessions?before=${theirs.sessionId}`),
    ];
    expect(answers.map(({ status, body }) => [status, body["code"]])).toEqual(
      answers.map(() => [404, "NOT_FOUND"]),
    );
    const tab = openChatTab(user, theirs.sessionId);
    expect(await tab.ended).toBe("NOT_FOUND");
    expect(tab.events).toEqual([]);
    expect(await theirs.list()).toEqual(before);
    await tab.close();
  });

  test("is not there for nobody either", async () => {
    const chat = await begin("Off");
    const nobody = new ChatUser(new BrowserUser(world.server.url), chat.sessionId);
    expect((await nobody.post("Hello")).status).toBe(401);
    expect((await nobody.user.get(`${chat.path}/messages`)).status).toBe(401);
  });
});

test.each([
  [{ text: "", clientMessageId: "1" }],
  [{ text: "  \n", clientMessageId: "1" }],
  [{ text: "a\0b", clientMessageId: "1" }],
  [{ text: "half \ud83d", clientMessageId: "1" }],
  [{ text: "Hi" }],
  [{ text: "Hi", clientMessageId: "1", plan: "paid" }],
  [{ text: "Hi", clientMessageId: "1", uploadIds: ["nonsense"] }],
])("%j is refused as invalid, and nothing is stored", async (body) => {
  const chat = await begin("Bad");
  const answer = await chat.user.post(`${chat.path}/messages`, body);
  expect([answer.status, answer.body["code"]]).toEqual([400, "INVALID_INPUT"]);
  expect(await chat.list()).toEqual([]);
});

test("a text over the plan's limit is too long in the same words, however long it is", async () => {
  const chat = await begin("Long");
  for (const text of ["x".repeat(501), "😀".repeat(501), "x".repeat(200_000)]) {
    const { status, body } = await chat.post(text);
    expect([status, body["error"], body["code"]]).toEqual([403, "limit_exceeded", "MESSAGE_TOO_LONG"]);
  }
  expect(await chat.list()).toEqual([]);
});

test("a long message is judged by its characters, also from clients that escape each of them", async () => {
  const chat = await begin("Esc");
  const body = `{"text":"${String.raw`\ud83d\ude00`.repeat(8_000)}","clientMessageId":"1"}`;
  const { status, body: answer } = await chat.user.call(`POST ${chat.path}/messages`, { body });
  // On Free it is too long, not too large.
  expect([status, answer["code"]]).toEqual([403, "MESSAGE_TOO_LONG"]);
});

test("an address that cannot name a session leads nowhere, as one that names nothing does", async () => {
  const chat = await begin("Path");
  for (const id of ["nonsense", "%00", "1", "..%2f..", crypto.randomUUID()]) {
    const lost = new ChatUser(chat.user, id);
    const asked = [
      await lost.user.get(`${lost.path}/messages`),
      await lost.post("Hello"),
      await lost.stop("nonsense"),
      await chat.retry("nonsense"),
      await chat.user.call(`DELETE ${lost.path}`),
      await chat.user.get(`/api/community/posts/${id}`),
    ];
    expect(asked.map(({ status, body }) => [status, body["code"]])).toEqual(
      asked.map(() => [404, "NOT_FOUND"]),
    );
  }
  // What stands beside the address can be wrong all the same.
  const { status, body } = await chat.user.get(`${chat.path}/messages?before=nonsense`);
  expect([status, body["code"]]).toEqual([400, "INVALID_INPUT"]);
});

test("an id in capitals is the same id, also for whoever follows", async () => {
  const chat = await begin("Caps");
  const loud = new ChatUser(chat.user, chat.sessionId.toUpperCase());
  const tab = openChatTab(loud.user, loud.sessionId);
  const replyId = await loud.send("Hello");
  await Promise.race([tab.until(({ thread }) => thread.get(replyId)?.status === "complete"), tab.ended]);
  expect([...tab.thread.values()]).toEqual(await chat.list());
  expect(await chat.list()).toHaveLength(2);
  await tab.close();
});

test("a session that is deleted ends for whoever follows it, with its running reply", async () => {
  const chat = await begin("Del");
  const tab = openChatTab(chat.user, chat.sessionId);
  world.model.next("So far", "silence!");
  const abandoned = world.model.abandoned;
  const replyId = await chat.send("Hello");
  await tab.until(({ thread }) => thread.get(replyId)?.text === "So far");
  expect((await chat.user.call(`DELETE ${chat.path}`)).body).toEqual({ done: true });
  expect(await tab.ended).toBeNull();
  await world.model.until(() => world.model.abandoned > abandoned);
  expect((await chat.post("Still there?")).status).toBe(404);
  await tab.close();
});
