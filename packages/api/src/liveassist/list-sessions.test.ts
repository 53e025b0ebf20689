import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChat } from "../../test/support/chat-steps.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor } from "../deps.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** A session with a message in it, a minute after the one before; answers its id. */
async function talked(actor: Actor, text: string, reply = "Yes."): Promise<string> {
  world.clock.advance(60_000);
  const chat = await openChat(world, actor);
  world.assistant.next(reply);
  await chat.send(text);
  await chat.newest("complete");
  return chat.sessionId;
}
const search = (actor: Actor, query: string) => world.as(actor).liveassist.listSessions({ query });

describe("one's own sessions", () => {
  test("are listed last used first, page by page", async () => {
    const actor = await world.user();
    await talked(await world.user(), "Somebody else's");
    const ids: string[] = [];
    for (const text of ["One", "Two", "Three"]) ids.unshift(await talked(actor, text));
    const { liveassist } = world.as(actor);
    const first = await liveassist.listSessions({ limit: 2 });
    expect(first.map(({ id, excerpt }) => [id, excerpt])).toEqual([
      [ids[0], null],
      [ids[1], null],
    ]);
    const second = await liveassist.listSessions({ limit: 2, before: first[1]?.id });
    expect(second.map(({ id }) => id)).toEqual([ids[2]]);
  });

  test("of the same moment are all listed, once each", async () => {
    const actor = await world.user();
    const { liveassist } = world.as(actor);
    const made = [];
    for (let n = 0; n < 5; n++) made.push((await liveassist.createSession()).sessionId);
    const listed: string[] = [];
    for (let before: string | undefined; listed.length < 5; before = listed.at(-1)) {
      const page = await liveassist.listSessions({ limit: 2, ...(before ? { before } : {}) });
      expect(page.length).toBeGreaterThan(0);
      listed.push(...page.map(({ id }) => id));
    }
    expect(listed.toSorted()).toEqual(made.toSorted());
  });

  test("are found by their titles and by what was said in them, whatever the case", async () => {
    const actor = await world.user();
    const titled = await talked(actor, "Squeaking Chain");
    const said = await talked(actor, "A question", "Put some oil on\nthe CHAIN, and wipe it.");
    await talked(actor, "Something else");
    const found = await search(actor, " chain ");
    expect(found.map(({ id, excerpt }) => [id, excerpt])).toEqual([
      [said, "Put some oil on the CHAIN, and wipe it."],
      [titled, "Squeaking Chain"],
    ]);
    await world.as(actor).liveassist.renameSession({ sessionId: said, title: "Lubrication" });
    expect((await search(actor, "lubric")).map(({ id }) => id)).toEqual([said]);
  });

  test("are searched for what was typed, not for a pattern", async () => {
    const actor = await world.user();
    const percent = await talked(actor, "100% sure");
    const path = await talked(actor, "C:\\temp_file");
    for (const [query, ids] of [
      ["%", [percent]],
      ["100%", [percent]],
      ["0_ s", []],
      ["_", [path]],
      ["\\", [path]],
      [":\\temp_", [path]],
      ["a\0b", []],
      ["'; drop", []],
    ] as const) {
      expect((await search(actor, query)).map(({ id }) => id)).toEqual(ids);
    }
  });

  test("do not include what others wrote, whatever is searched for", async () => {
    const [actor, other] = [await world.user(), await world.user()];
    await talked(other, "A very secret chain");
    expect(await search(actor, "secret")).toEqual([]);
  });
});

test("another's session can be neither renamed, deleted nor paged from", async () => {
  const [actor, other] = [await world.user(), await world.user()];
  const sessionId = await talked(other, "Theirs");
  const { liveassist } = world.as(actor);
  const refused = { cause: { code: "NOT_FOUND" } };
  await expect(liveassist.renameSession({ sessionId, title: "Mine" })).rejects.toMatchObject(refused);
  await expect(liveassist.deleteSession({ sessionId })).rejects.toMatchObject(refused);
  await expect(liveassist.listSessions({ before: sessionId })).rejects.toMatchObject(refused);
  const [session] = await world.as(other).liveassist.listSessions();
  expect(session).toMatchObject({ id: sessionId, title: "Theirs" });
});

test("a session that was deleted is gone with its messages, and cannot be deleted again", async () => {
  const actor = await world.user();
  const sessionId = await talked(actor, "Hello");
  const { liveassist } = world.as(actor);
  expect(await liveassist.deleteSession({ sessionId })).toEqual({ done: true });
  expect(await liveassist.listSessions()).toEqual([]);
  const { sql } = world.database;
  expect(await sql`select id from liveassist_messages where session_id = ${sessionId}`).toEqual([]);
  await expect(liveassist.deleteSession({ sessionId })).rejects.toMatchObject({
    cause: { code: "NOT_FOUND" },
  });
});
