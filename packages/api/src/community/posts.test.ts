import { communityPosts, uploads } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readyPicture } from "../../test/support/ready-picture.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor } from "../deps.ts";

let world: TestWorld;
let anna: Actor;
let bo: Actor;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.deps.db.delete(communityPosts);
  [anna, bo] = [await world.user(), await world.user()];
});
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
const NOBODY = "00000000-0000-4000-8000-0000000000ff";
let made = 0;
const post = (actor: Actor, text: string, uploadIds: string[] = []) => {
  made += 1;
  return world.as(actor).community.createPost({ text, uploadIds, clientPostId: `c${made}` });
};
const picture = (actor: Actor) => readyPicture(world, actor.userId);
const list = (actor: Actor, input: { cursor?: string; limit?: number; author?: string } = {}) =>
  world.as(actor).community.listPosts({ limit: 20, ...input });
const texts = async (...of: Parameters<typeof list>) => (await list(...of)).posts.map((one) => one.text);

test("a post shows its author with badge and XP to everybody, and to its author as their own", async () => {
  const mine = await post(anna, "  Hello\nyou  ");
  expect(mine).toEqual({
    id: expect.any(String),
    author: { id: anna.userId, name: expect.any(String), premium_badge: false, xp: 0 },
    text: "Hello\nyou",
    uploads: [],
    created_at: "2026-11-21T12:00:00.000Z",
    edited_at: null,
    own: true,
  });
  expect(await world.as(anna).community.readPost({ postId: mine.id })).toEqual(mine);
  expect(await world.as(bo).community.readPost({ postId: mine.id })).toEqual({ ...mine, own: false });
  expect(JSON.stringify(await list(bo))).not.toContain("@example.com");
});

test("pages go from the newest to the oldest, and new posts shift nothing", async () => {
  for (const text of ["1", "2", "3", "4", "5"]) await post(anna, text);
  const first = await list(bo, { limit: 2 });
  expect(first.posts.map((one) => one.text)).toEqual(["5", "4"]);
  await post(bo, "6");
  const second = await list(bo, { limit: 2, cursor: first.next ?? "" });
  expect(second.posts.map((one) => one.text)).toEqual(["3", "2"]);
  const last = await list(bo, { limit: 2, cursor: second.next ?? "" });
  expect(last).toMatchObject({ posts: [{ text: "1" }], next: null });
  expect(await texts(anna, { author: bo.userId })).toEqual(["6"]);
  expect(await texts(anna, { author: "nobody" })).toEqual([]);
  for (const cursor of ["", "x", "-1", "1e3", "99999999999999999999"])
    await expect(list(bo, { cursor })).rejects.toThrow(refusal("INVALID_INPUT"));
});

test("a page that is exactly full has nothing behind it", async () => {
  for (const text of ["1", "2"]) await post(anna, text);
  expect((await list(bo, { limit: 2 })).next).toBeNull();
});

test("the same clientPostId is one post, also ten times at once, with its pictures bound once", async () => {
  const uploadIds = [await picture(anna), await picture(anna)];
  const same = { text: "Look", uploadIds, clientPostId: "same" };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => world.as(anna).community.createPost(same)),
  );
  expect(new Set(answers.map((one) => one.id)).size).toBe(1);
  expect(answers[0]?.uploads.map((one) => one.id)).toEqual(uploadIds);
  expect(answers[9]).toEqual(answers[0]);
  expect(await world.as(bo).community.createPost({ text: "Mine", clientPostId: "same" })).toMatchObject({
    text: "Mine",
  });
  expect(await world.deps.db.$count(communityPosts)).toBe(2);
});

test("pictures of others, of another kind, or used before post nothing", async () => {
  const used = await picture(anna);
  await post(anna, "", [used]);
  await expect(post(bo, "Mine", [used])).rejects.toThrow(refusal("NOT_FOUND"));
  await expect(post(anna, "Again", [used])).rejects.toThrow(refusal("UPLOAD_USED"));
  await expect(post(anna, "None", [NOBODY])).rejects.toThrow(refusal("NOT_FOUND"));
  const image = await picture(anna);
  await world.deps.db.update(uploads).set({ purpose: "liveassist" }).where(eq(uploads.id, image));
  await expect(post(anna, "Secret", [image])).rejects.toThrow(refusal("NOT_FOUND"));
  expect(await texts(anna)).toEqual([""]);
});

test.each([
  ["neither text nor picture", { text: "  " }],
  ["too much text", { text: "x".repeat(4_001) }],
  ["a NUL", { text: "a\0b" }],
  ["half a character", { text: "\ud800" }],
])("refuses %s", async (_what, input) => {
  const asked = world.as(anna).community.createPost({ ...input, clientPostId: "bad" });
  await expect(asked).rejects.toThrow(refusal("INVALID_INPUT"));
  expect(await texts(anna)).toEqual([]);
});

test("only its author edits a post; the same text again is no edit", async () => {
  const { id: postId } = await post(anna, "Helo");
  await expect(world.as(bo).community.editPost({ postId, text: "Mine" })).rejects.toThrow(
    refusal("NOT_FOUND"),
  );
  expect(await world.as(anna).community.editPost({ postId, text: "Helo" })).toMatchObject({
    edited_at: null,
  });
  world.clock.advance(1_000);
  expect(await world.as(anna).community.editPost({ postId, text: "Hello" })).toMatchObject({
    text: "Hello",
    edited_at: new Date(world.clock.now()).toISOString(),
  });
  await expect(world.as(anna).community.editPost({ postId, text: " " })).rejects.toThrow(
    refusal("INVALID_INPUT"),
  );
  expect(await texts(bo)).toEqual(["Hello"]);
  await expect(world.as(anna).community.editPost({ postId: NOBODY, text: "x" })).rejects.toThrow(
    refusal("NOT_FOUND"),
  );
});

test("a post of pictures alone may lose its words", async () => {
  const { id: postId } = await post(anna, "Look", [await picture(anna)]);
  expect(await world.as(anna).community.editPost({ postId, text: "" })).toMatchObject({ text: "" });
});

test("only its author deletes a post; text and pictures go, and again is harmless", async () => {
  const image = await picture(anna);
  const { id: postId } = await post(anna, "Look", [image]);
  await expect(world.as(bo).community.deletePost({ postId })).rejects.toThrow(refusal("NOT_FOUND"));
  expect(await texts(bo)).toEqual(["Look"]);
  for (let again = 0; again < 2; again++)
    expect(await world.as(anna).community.deletePost({ postId })).toEqual({ done: true });
  expect(await texts(anna)).toEqual([]);
  const [row] = await world.deps.db.select().from(communityPosts).where(eq(communityPosts.id, postId));
  expect(row).toMatchObject({ text: "", removedAt: expect.any(Date) });
  const [file] = await world.deps.db.select().from(uploads).where(eq(uploads.id, image));
  expect(file?.state).toBe("removed");
  const late = [
    world.as(anna).community.readPost({ postId }),
    world.as(anna).community.editPost({ postId, text: "Back" }),
    world.as(bo).community.reportPost({ postId, reason: "spam" }),
  ];
  await Promise.all(late.map((call) => expect(call).rejects.toThrow(refusal("NOT_FOUND"))));
});

test("a post that was deleted meanwhile does not come back by being sent again", async () => {
  const same = { text: "Look", clientPostId: "once" };
  const { id: postId } = await world.as(anna).community.createPost(same);
  await world.as(anna).community.deletePost({ postId });
  await expect(world.as(anna).community.createPost(same)).rejects.toThrow(refusal("NOT_FOUND"));
});

test("a profile shows what everybody may see, and nobody who is gone", async () => {
  await post(anna, "1");
  await world.as(anna).community.deletePost({ postId: (await post(anna, "2")).id });
  const profile = await world.as(bo).community.readProfile({ userId: anna.userId });
  const row = await world.row(anna.userId);
  expect(profile).toEqual({
    id: anna.userId,
    name: row.name,
    premium_badge: false,
    xp: 0,
    member_since: row.createdAt.toISOString(),
    post_count: 1,
  });
  await world.database.sql`update users set deleted_at = now() where id = ${anna.userId}`;
  for (const userId of [anna.userId, "nobody"])
    await expect(world.as(bo).community.readProfile({ userId })).rejects.toThrow(refusal("NOT_FOUND"));
  await expect(world.as(null).community.readProfile({ userId: bo.userId })).rejects.toThrow(
    refusal("UNAUTHENTICATED"),
  );
});
