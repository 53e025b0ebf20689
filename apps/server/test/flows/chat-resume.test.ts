import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { openChatTab } from "../support/chat-tab.ts";
import { ChatUser } from "../support/chat-user.ts";
import { type ChatWorld, startChatWorld } from "../support/chat-world.ts";
import { type Draws, drawsFrom } from "../support/draws.ts";

let world: ChatWorld;
beforeAll(async () => {
  world = await startChatWorld();
});
afterAll(() => world.stop());

const begin = async (name: string) => ChatUser.begin(await new BrowserUser(world.server.url).signUp(name));

/** A long text in pieces as a model might send it: any length, cut anywhere, also within a character. */
function pieces(draws: Draws): string[] {
  const words = ["bicycle ", "å ", "👩‍🔧", "🚲 ", "\n\n", "```ts\n", "<b>", "naïve "];
  const text = Array.from({ length: 150 }, () => draws.pick(words)).join("");
  const cut: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = 1 + draws.below(12);
    cut.push(text.slice(at, at + length));
    at += length;
  }
  return cut;
}

test.each([1, 2, 3, 4, 5])(
  "a tab whose socket drops again and again has the whole thread to the last character (seed %i)",
  async (seed) => {
    const draws = drawsFrom(seed);
    const chat = await begin("Ron");
    const tab = openChatTab(chat.user, chat.sessionId);
    const said = pieces(draws);
    const gates = said.map(() => Promise.withResolvers<void>());
    world.model.next(...said.flatMap((piece, at) => [piece, gates[at]?.promise ?? ""]));
    const replyId = await chat.send("Tell me everything");
    let length = 0;
    for (const [at, gate] of gates.entries()) {
      length += said[at]?.length ?? 0;
      if (draws.chance(0.1)) tab.drop();
      // Sometimes it is read before more is said, but for half a character that waits; sometimes it is not.
      const least = length - 1;
      if (draws.chance(0.4))
        await tab.until(({ thread }) => (thread.get(replyId)?.text.length ?? -1) >= least);
      gate.resolve();
    }
    await tab.until(({ thread }) => thread.get(replyId)?.status === "complete");
    expect(tab.thread.get(replyId)?.text).toBe(said.join(""));
    expect([...tab.thread.values()]).toEqual(await chat.list());
    const statuses = tab.events.filter(({ type }) => type === "reply");
    expect(new Set(statuses.map((event) => JSON.stringify(event))).size).toBeLessThanOrEqual(1);
    expect(tab.events.filter(({ type }) => type === "delta").length).toBeGreaterThan(20);
    await tab.close();
  },
);

test("a tab lives through a database that is cut off in the middle of a reply, and so does the reply", async () => {
  const chat = await begin("Cut");
  const tab = openChatTab(chat.user, chat.sessionId);
  const gate = Promise.withResolvers<void>();
  world.model.next("Half ", gate.promise, "and half.");
  const replyId = await chat.send("Hi");
  await tab.until(({ thread }) => thread.get(replyId)?.text === "Half ");
  await world.server.database.sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  gate.resolve();
  await tab.until(({ thread }) => thread.get(replyId)?.status === "complete");
  expect(tab.thread.get(replyId)?.text).toBe("Half and half.");
  expect(await chat.newest("complete")).toEqual(tab.thread.get(replyId));
  await tab.close();
});

test("a second tab and a new device show the same in the middle of a reply, and go on together", async () => {
  const chat = await begin("Two");
  const gate = Promise.withResolvers<void>();
  const first = openChatTab(chat.user, chat.sessionId);
  world.model.next("Once upon ", gate.promise, "a time.");
  const replyId = await chat.send("A story");
  await first.until(({ thread }) => thread.get(replyId)?.text === "Once upon ");
  const device = await chat.user.elsewhere();
  const second = openChatTab(device, chat.sessionId);
  await second.until(({ thread }) => thread.get(replyId)?.text === "Once upon ");
  await first.close();
  gate.resolve();
  await second.until(({ thread }) => thread.get(replyId)?.status === "complete");
  expect([...second.thread.values()]).toEqual(await new ChatUser(device, chat.sessionId).list());
  await second.close();
});
