import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@liveassist/db/embedded";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { openChatTab } from "../support/chat-tab.ts";
import { ChatUser } from "../support/chat-user.ts";
import { type ChatWorld, startChatWorld } from "../support/chat-world.ts";
import { runServer } from "../support/server-process.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { atServer } from "../support/two-servers.ts";

let world: ChatWorld;
let second: StartedApp;
beforeAll(async () => {
  world = await startChatWorld();
  second = await startApp(world.shared);
});
afterAll(async () => {
  await second.stop();
  await world.stop();
});

/** The same person's session at both servers. */
async function begin(name: string) {
  const here = await ChatUser.begin(await new BrowserUser(world.server.url).signUp(name));
  const there = new ChatUser(atServer(here.user, `http://localhost:${second.port}`), here.sessionId);
  return { here, there };
}

test("a reply that one server writes is followed on another, and stopped from there", async () => {
  const { here, there } = await begin("Far");
  const tab = openChatTab(there.user, there.sessionId);
  const gate = Promise.withResolvers<void>();
  world.model.next("One 🚲", gate.promise, " two", "silence!");
  const replyId = await here.send("Count");
  await tab.until(({ thread }) => thread.get(replyId)?.text === "One 🚲");
  gate.resolve();
  await tab.until(({ thread }) => thread.get(replyId)?.text === "One 🚲 two");
  expect((await there.post("Too early")).body).toMatchObject({ code: "REPLY_RUNNING" });
  expect((await there.stop(replyId)).body).toEqual({ stopped: true });
  await tab.until(({ thread }) => thread.get(replyId)?.status === "stopped");
  expect([...tab.thread.values()]).toEqual(await here.list());
  await tab.close();
});

test("a tab that moves to another server in the middle of a reply goes on where it was", async () => {
  const { here, there } = await begin("Mov");
  const tab = openChatTab(here.user, here.sessionId);
  const gate = Promise.withResolvers<void>();
  world.model.next("The first half", gate.promise, " and the second.");
  const replyId = await here.send("Go");
  await tab.until(({ thread }) => thread.get(replyId)?.text === "The first half");
  await tab.close();
  const moved = openChatTab(there.user, there.sessionId, `${replyId}:14`);
  for (const [id, message] of tab.thread) moved.thread.set(id, message);
  gate.resolve();
  await moved.until(({ thread }) => thread.get(replyId)?.status === "complete");
  expect(moved.events[0]).toEqual({ type: "delta", replyId, offset: 14, text: expect.any(String) });
  expect([...moved.thread.values()]).toEqual(await here.list());
  await moved.close();
});

test("a server that is stopped interrupts its replies at once, with what was said", async () => {
  const third = await startApp(world.shared);
  const { here } = await begin("Sig");
  const onThird = new ChatUser(atServer(here.user, `http://localhost:${third.port}`), here.sessionId);
  const tab = openChatTab(here.user, here.sessionId);
  world.model.next("So far", "silence!");
  const replyId = await onThird.send("Hello");
  await tab.until(({ thread }) => thread.get(replyId)?.text === "So far");
  await third.stop();
  await tab.until(({ thread }) => thread.get(replyId)?.status === "interrupted");
  const { body } = await here.retry(replyId);
  await tab.until(({ thread }) => thread.get(String(body["replyId"]))?.text === "Hello.");
  expect(await here.newest("complete")).toMatchObject({ id: body["replyId"] });
  await tab.close();
});

test("a reply whose server is killed is interrupted within its lease, told so elsewhere, and tried again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "liveassist-chat-"));
  const port = await freePort();
  const { stripe, database, env = {} } = world.shared;
  const dying = runServer({
    ...env,
    PORT: String(port),
    DATA_DIR: folder,
    DATABASE_URL: String(database?.url),
    STRIPE_SECRET_KEY: "sk_test_123",
    STRIPE_WEBHOOK_SECRET: stripe.secret,
    STRIPE_API_BASE: stripe.url,
    RATE_LIMITS: "off",
  });
  await dying.logged("listening");
  const { here } = await begin("Die");
  const there = new ChatUser(await here.user.elsewhere(`http://localhost:${port}`), here.sessionId);
  const tab = openChatTab(here.user, here.sessionId);
  world.model.next("So far", "silence!");
  const replyId = await there.send("Hello");
  await tab.until(({ thread }) => thread.get(replyId)?.text === "So far");
  await dying.kill();
  expect((await here.post("Anybody?")).body).toMatchObject({ code: "REPLY_RUNNING" });
  await tab.until(({ thread }) => thread.get(replyId)?.status === "interrupted");
  expect(await here.newest("interrupted")).toMatchObject({ id: replyId, text: "So far" });
  const { body } = await here.retry(replyId);
  await tab.until(({ thread }) => thread.get(String(body["replyId"]))?.status === "complete");
  expect([...tab.thread.values()]).toEqual(await here.list());
  await tab.close();
  await rm(folder, { recursive: true, force: true });
});
