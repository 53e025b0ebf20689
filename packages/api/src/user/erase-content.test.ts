import {
  authAccounts,
  communityPosts,
  communityReports,
  liveassistSessions,
  usage,
} from "@liveassist/db/schema";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readyPicture } from "../../test/support/ready-picture.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor } from "../deps.ts";
import { createUpload } from "../uploads/create-upload.ts";
import { sweepUploads } from "../uploads/sweep-uploads.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const PASSWORD = "correct horse battery";
const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });

/** Somebody who wrote to the assistant, holds a unit of their quota, posted a picture, and reported a post. */
async function writer(reported: string) {
  const actor = await world.user();
  const { userId } = actor;
  await world.deps.db.insert(authAccounts).values({
    id: userId,
    accountId: userId,
    providerId: "credential",
    userId,
    password: `hash of ${PASSWORD}`,
  });
  const { liveassist, community } = world.as(actor);
  const { sessionId } = await liveassist.createSession();
  await liveassist.sendMessage({ sessionId, text: "My secret", clientMessageId: "m1" });
  const image = { filename: "cat.png", mediaType: "image/png", bytes: 10, frameOf: null, frameAtMs: null };
  await createUpload(world.deps, actor, { ...image, purpose: "liveassist" });
  const picture = await readyPicture(world, userId);
  const storage = world.deps.storage;
  await storage.putBytes(`community/${picture}`, Buffer.from("x"));
  const post = await community.createPost({ text: "My post", uploadIds: [picture], clientPostId: "p1" });
  await community.reportPost({ postId: reported, reason: "My reason" });
  return { actor, postId: post.id, sessionId, picture };
}
const remove = (actor: Actor) => world.as(actor).user.deleteAccount({ password: PASSWORD });

/** Rows of this user in each table, and whether their words stand anywhere. */
async function leftOf({ userId }: Actor) {
  const { db } = world.deps;
  return {
    sessions: await db.$count(liveassistSessions, eq(liveassistSessions.userId, userId)),
    messages: Number(
      (await db.execute(sql`select count(*) n from liveassist_messages where user_id = ${userId}`))[0]?.["n"],
    ),
    units: await db.$count(usage, eq(usage.userId, userId)),
    reports: await db.$count(communityReports, eq(communityReports.reporterId, userId)),
    texts: await db.$count(communityPosts, sql`user_id = ${userId} and text <> ''`),
  };
}

test("what somebody wrote, sent, posted and reported goes with their account, and nobody else's", async () => {
  const other = await world.user();
  const { id: theirs } = await world.as(other).community.createPost({ text: "Theirs", clientPostId: "p1" });
  const { sessionId: otherSession } = await world.as(other).liveassist.createSession();
  const { actor, postId, sessionId, picture } = await writer(theirs);
  expect(await leftOf(actor)).toEqual({ sessions: 1, messages: 2, units: 1, reports: 1, texts: 1 });
  const heard: string[] = [];
  const stop = world.deps.bus.onSession((id) => void heard.push(id));
  expect(await remove(actor)).toEqual({ deleted: true });
  stop();
  expect(heard).toContain(sessionId);
  expect(await leftOf(actor)).toEqual({ sessions: 0, messages: 0, units: 0, reports: 0, texts: 0 });
  await sweepUploads(world.deps);
  expect(await world.deps.storage.sizeOf(`community/${picture}`)).toBeNull();
  const { community } = world.as(other);
  await expect(community.readPost({ postId })).rejects.toThrow(refusal("NOT_FOUND"));
  await expect(community.readProfile({ userId: actor.userId })).rejects.toThrow(refusal("NOT_FOUND"));
  expect((await community.listPosts()).posts.map((post) => post.text)).toEqual(["Theirs"]);
  const admin = await world.user("admin");
  expect(await world.as(admin).community.listReports()).toEqual([]);
  expect((await world.as(other).liveassist.listSessions()).map((one) => one.id)).toContain(otherSession);
});

test("whoever is being deleted posts, reports and begins nothing any more", async () => {
  const other = await world.user();
  const { id: theirs } = await world.as(other).community.createPost({ text: "Theirs", clientPostId: "p2" });
  const { actor } = await writer(theirs);
  await remove(actor);
  const { community } = world.as(actor);
  const late = community.createPost({ text: "Late", clientPostId: "late" });
  await expect(late).rejects.toThrow(refusal("UNAUTHENTICATED"));
  const report = community.reportPost({ postId: theirs, reason: "late" });
  await expect(report).rejects.toThrow(refusal("UNAUTHENTICATED"));
  const session = world.as(actor).liveassist.createSession();
  await expect(session).rejects.toThrow(refusal("UNAUTHENTICATED"));
});
