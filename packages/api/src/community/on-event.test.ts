import { communityPosts } from "@liveassist/db/schema";
import type { CommunityEvent } from "@liveassist/shared/community-events";
import { isTrackedEnvelope } from "@trpc/server";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor, Deps } from "../deps.ts";
import { onEvent } from "./on-event.ts";

let world: TestWorld;
let anna: Actor;
let bo: Actor;
beforeEach(async () => {
  world = await openWorld();
  [anna, bo] = [await world.user(), await world.user()];
});
afterEach(() => world.close());

let made = 0;
const post = async (actor: Actor, text: string) => {
  made += 1;
  return (await world.as(actor).community.createPost({ text, clientPostId: `c${made}` })).id;
};
const flush = () => world.deps.bus.nudge("community");

/** An event in few words. */
function inWords(event: CommunityEvent): string {
  if (event.type === "post") return `${event.post.own ? "own" : "post"} ${event.post.text}`;
  if (event.type === "removed") return `removed ${event.postId}`;
  return `${event.author.premium_badge ? "premium" : "free"} ${event.author.xp}`;
}

interface Page {
  /** What it heard so far, but for marks. */
  readonly heard: string[];
  readonly marks: string[];
  /** The tracked id of the last event. */
  last(): string;
  close(): Promise<void>;
}

async function open(actor: Actor, cursor?: string, deps: Deps = world.deps): Promise<Page> {
  const ended = new AbortController();
  const heard: string[] = [];
  const marks: string[] = [];
  let last = "";
  const stream = await onEvent(deps, actor, { cursor, signal: ended.signal });
  const reading = (async () => {
    for await (const one of stream) {
      if (!isTrackedEnvelope(one)) continue;
      last = one[0];
      const words = inWords(one[1]);
      (words.startsWith("post mark") ? marks : heard).push(words);
    }
  })();
  return {
    heard,
    marks,
    last: () => last,
    async close() {
      ended.abort();
      await reading;
    },
  };
}
const hears = (page: Page, expected: string[]) =>
  vi.waitFor(() => expect(page.heard).toEqual(expected), { timeout: 10_000 });
/** Resolves when whatever is committed by now has been told: a post of a stranger's came behind it. */
async function settled(page: Page) {
  const text = `mark ${made}`;
  await post(await world.user(), text);
  await vi.waitFor(() => expect(page.marks).toContain(`post ${text}`), { timeout: 10_000 });
}

test("whoever has a page open hears of posts that are new, changed and gone", async () => {
  await post(anna, "before");
  const [mine, theirs] = [await open(anna), await open(bo)];
  const postId = await post(anna, "Helo");
  await hears(theirs, ["post Helo"]);
  await world.as(anna).community.editPost({ postId, text: "Hello" });
  await hears(theirs, ["post Helo", "post Hello"]);
  await world.as(anna).community.deletePost({ postId });
  await hears(theirs, ["post Helo", "post Hello", `removed ${postId}`]);
  await settled(mine);
  expect(mine.heard).toEqual(["own Helo", "own Hello", `removed ${postId}`]);
  await mine.close();
  await theirs.close();
});

test("a lost nudge costs a second, not a post", async () => {
  const page = await open(bo);
  await world.deps.db.insert(communityPosts).values({
    id: world.deps.random.uuid(),
    userId: anna.userId,
    text: "quiet",
    clientPostId: "quiet",
    createdAt: new Date(),
    revision: sql`nextval('community_posts_seq_seq')`,
  });
  await hears(page, ["post quiet"]);
  await page.close();
});

test("a reported post vanishes from every page of its reporter, and never comes back to them", async () => {
  const postId = await post(anna, "Buy this");
  const [first, second, mine] = [await open(bo), await open(bo), await open(anna)];
  await world.as(bo).community.reportPost({ postId, reason: "spam" });
  await hears(first, [`removed ${postId}`]);
  await hears(second, [`removed ${postId}`]);
  await world.as(anna).community.editPost({ postId, text: "Buy that" });
  await vi.waitFor(() => expect(mine.heard).toContain("own Buy that"));
  await settled(first);
  expect(first.heard.join()).not.toContain("Buy");
  await Promise.all([first, second, mine].map((page) => page.close()));
});

test("what commits late under an earlier number is told all the same, and nothing twice", async () => {
  const page = await open(bo);
  const other = await world.user();
  const [written, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = world.deps.db.transaction(async (tx) => {
    await tx.insert(communityPosts).values({
      id: world.deps.random.uuid(),
      userId: other.userId,
      text: "late",
      clientPostId: "late",
      createdAt: new Date(),
      revision: sql`nextval('community_posts_seq_seq')`,
    });
    written.resolve();
    await commit.promise;
  });
  await written.promise;
  await post(anna, "early");
  await hears(page, ["post early"]);
  commit.resolve();
  await slow;
  flush();
  await hears(page, ["post early", "post late"]);
  await settled(page);
  expect(page.heard).toEqual(["post early", "post late"]);
  await page.close();
});

test("a page that comes back hears what it missed, and a late commit from before its cursor, too", async () => {
  const page = await open(bo);
  await post(anna, "first");
  await hears(page, ["post first"]);
  await page.close();
  const gone = await post(anna, "gone");
  await world.as(anna).community.deletePost({ postId: gone });
  await post(anna, "missed");
  const again = await open(bo, page.last());
  await vi.waitFor(() => expect(again.heard).toContain("post missed"));
  expect(again.heard).toContain(`removed ${gone}`);
  await settled(again);
  again.heard.length = 0;
  world.clock.advance(10_000);
  await settled(again);
  await settled(again);
  await again.close();
  const third = await open(bo, again.last());
  await settled(third);
  expect(third.heard.join()).not.toContain("missed");
  await third.close();
});

test.each(["", "x", "-", "1", "1-", "99999999999999999999-1", "1-2-3", "' or 1=1"])(
  "a cursor that is none of ours brings nothing but what comes: %j",
  async (cursor) => {
    await post(anna, "before");
    const page = await open(bo, cursor);
    await settled(page);
    expect(page.heard).toEqual([]);
    await page.close();
  },
);

test("a badge and XP that change are heard by others, of people who posted", async () => {
  const [author, silent] = [await world.buyer(), await world.buyer()];
  await post(author.actor, "Hi");
  const page = await open(bo);
  for (const { customerId } of [silent, author]) {
    world.at.invoice(world.at.subscribe(customerId));
    await syncCustomer(world.deps, customerId);
  }
  await hears(page, ["premium 250"]);
  const admin = await world.user("admin");
  const { userId } = author.actor;
  await world.as(admin).user.grantXp({ userId, amount: 5, reason: "thanks", idempotencyKey: "k" });
  await hears(page, ["premium 250", "premium 255"]);
  await page.close();
  const again = await open(bo, page.last());
  await vi.waitFor(() => expect(again.heard).toContain("premium 255"));
  await again.close();
});

test("however many pages are open, the rows are asked for once; none is open, nothing is asked", async () => {
  let asked = 0;
  const db = new Proxy(world.deps.db, {
    get(target, key) {
      if (key === "select") asked += 1;
      return Reflect.get(target, key);
    },
  });
  const deps = { ...world.deps, db };
  const pages = await Promise.all(Array.from({ length: 50 }, () => open(bo, undefined, deps)));
  asked = 0;
  await post(anna, "one");
  for (const page of pages)
    await vi.waitFor(() => expect(page.heard).toContain("post one"), { timeout: 10_000 });
  expect(asked).toBeLessThan(30);
  await Promise.all(pages.map((page) => page.close()));
  asked = 0;
  await post(anna, "two");
  flush();
  const last = await open(bo);
  await settled(last);
  expect(asked).toBe(0);
  await last.close();
});

test("a database that is cut for a pass costs the pass, not a post", async () => {
  let isCut = false;
  const db = new Proxy(world.deps.db, {
    get(target, key) {
      if (key === "select" && isCut) {
        isCut = false;
        throw new Error("the connection was cut");
      }
      return Reflect.get(target, key);
    },
  });
  const page = await open(bo, undefined, { ...world.deps, db });
  isCut = true;
  await post(anna, "one");
  await hears(page, ["post one"]);
  expect(isCut).toBe(false);
  await page.close();
});

test("somebody who leaves before anything was read leaves nothing behind", async () => {
  const ended = new AbortController();
  ended.abort();
  const stream = await onEvent(world.deps, bo, { cursor: null, signal: ended.signal });
  expect((await stream.next()).done).toBe(true);
  const [row] = await world.deps.db
    .select({ n: sql<number>`count(*)::int` })
    .from(communityPosts)
    .where(eq(communityPosts.userId, bo.userId));
  expect(row?.n).toBe(0);
});
