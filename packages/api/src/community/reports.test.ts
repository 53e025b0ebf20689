import { communityPosts } from "@liveassist/db/schema";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor } from "../deps.ts";

let world: TestWorld;
let anna: Actor;
let bo: Actor;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.deps.db.delete(communityPosts);
  [anna, bo, admin] = [await world.user(), await world.user(), await world.user("admin")];
});
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
let made = 0;
const post = async (actor: Actor, text: string) => {
  made += 1;
  return (await world.as(actor).community.createPost({ text, clientPostId: `c${made}` })).id;
};
const report = (actor: Actor, postId: string, reason = "spam") =>
  world.as(actor).community.reportPost({ postId, reason });
const resolve = (actor: Actor, postId: string, resolution: "kept" | "removed") =>
  world.as(actor).community.resolveReport({ postId, resolution });
const texts = async (actor: Actor) =>
  (await world.as(actor).community.listPosts()).posts.map((one) => one.text);
const reported = async () =>
  (await world.as(admin).community.listReports()).map(({ post: { text }, reports }) => [
    text,
    reports.map((one) => one.reason),
  ]);

test("a reported post is gone for its reporter alone, and stands before administrators", async () => {
  const postId = await post(anna, "Buy this");
  expect(await report(bo, postId)).toEqual({ done: true });
  expect(await report(bo, postId, "again")).toEqual({ done: true });
  expect(await texts(bo)).toEqual([]);
  await expect(world.as(bo).community.readPost({ postId })).rejects.toThrow(refusal("NOT_FOUND"));
  expect(await texts(anna)).toEqual(["Buy this"]);
  expect(await world.as(admin).community.listReports()).toEqual([
    {
      post: expect.objectContaining({ id: postId, text: "Buy this" }),
      reports: [{ reporter_id: bo.userId, reason: "spam", created_at: expect.any(String) }],
    },
  ]);
});

test("nobody reports their own post or one that is not there", async () => {
  const postId = await post(anna, "Mine");
  await expect(report(anna, postId)).rejects.toThrow(refusal("INVALID_INPUT"));
  await expect(report(bo, "00000000-0000-4000-8000-0000000000ff")).rejects.toThrow(refusal("NOT_FOUND"));
  await expect(report(bo, postId, "  ")).rejects.toThrow(refusal("INVALID_INPUT"));
  expect(await texts(anna)).toEqual(["Mine"]);
  expect(await reported()).toEqual([]);
});

test("the longest waiting comes first, with all reports of it", async () => {
  const [first, second] = [await post(anna, "First"), await post(anna, "Second")];
  await report(bo, second, "b");
  await report(bo, first, "a");
  await report(admin, second, "c");
  expect(await reported()).toEqual([
    ["Second", ["b", "c"]],
    ["First", ["a"]],
  ]);
});

test("kept, a post stays for all but its reporter; a new report brings it back to the list", async () => {
  const postId = await post(anna, "Fine");
  await report(bo, postId);
  for (let again = 0; again < 2; again++)
    expect(await resolve(admin, postId, "kept")).toEqual({ done: true });
  expect(await reported()).toEqual([]);
  expect([await texts(anna), await texts(bo)]).toEqual([["Fine"], []]);
  await report(admin, postId, "after all");
  expect(await reported()).toEqual([["Fine", ["after all"]]]);
});

test("removed, it is gone for everybody, its author included", async () => {
  const postId = await post(anna, "Foul");
  await report(bo, postId);
  await resolve(admin, postId, "kept");
  for (let again = 0; again < 2; again++)
    expect(await resolve(admin, postId, "removed")).toEqual({ done: true });
  expect([await texts(anna), await texts(admin), await reported()]).toEqual([[], [], []]);
  await expect(world.as(anna).community.editPost({ postId, text: "Back" })).rejects.toThrow(
    refusal("NOT_FOUND"),
  );
});

test("what its author deleted needs no looking at", async () => {
  const postId = await post(anna, "Oops");
  await report(bo, postId);
  await world.as(anna).community.deletePost({ postId });
  expect(await reported()).toEqual([]);
  expect(await report(bo, postId)).toEqual({ done: true });
});

test("only administrators list and resolve, and only what was reported", async () => {
  const postId = await post(anna, "Fine");
  await expect(resolve(admin, postId, "removed")).rejects.toThrow(refusal("NOT_FOUND"));
  await report(bo, postId);
  await expect(world.as(bo).community.listReports()).rejects.toThrow(refusal("FORBIDDEN"));
  await expect(resolve(anna, postId, "kept")).rejects.toThrow(refusal("FORBIDDEN"));
  await expect(world.as(null).community.listReports()).rejects.toThrow(refusal("UNAUTHENTICATED"));
});
