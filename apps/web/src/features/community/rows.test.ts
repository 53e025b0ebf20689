import type { PostView } from "@liveassist/api/contract";
import { expect, it } from "vitest";
import { newestOf, shownOf } from "./rows.ts";

const post = (minute: number): PostView => ({
  id: `at-${minute}`,
  author: { id: "anna", name: "Anna", premium_badge: false, xp: 0 },
  text: "",
  uploads: [],
  created_at: `2026-11-21T12:${minute}:00.000Z`,
  edited_at: null,
  own: false,
});
const posts = [post(40), post(30), post(20)];
const idsOf = (found: { post: PostView }[]) => found.map(({ post }) => post.id);

it("shows all there is to who has just come", () => {
  const { rows, waiting } = shownOf(posts, { seenUntil: null, reported: [] });
  expect(idsOf(rows)).toEqual(["at-40", "at-30", "at-20"]);
  expect(waiting).toEqual([]);
});

it("lets what is posted meanwhile wait above the list", () => {
  const seenUntil = newestOf(posts);
  const { rows, waiting } = shownOf([post(55), post(50), ...posts], { seenUntil, reported: [] });
  expect(idsOf(rows)).toEqual(["at-40", "at-30", "at-20"]);
  expect(waiting.map(({ id }) => id)).toEqual(["at-55", "at-50"]);
});

it("lets nothing wait when the list is empty", () => {
  const { rows, waiting } = shownOf([post(50)], { seenUntil: "", reported: [] });
  expect(idsOf(rows)).toEqual(["at-50"]);
  expect(waiting).toEqual([]);
});

it("leaves a note where a reported post was, whether the server still sends it or not", () => {
  for (const sent of [posts, [post(40), post(20)]]) {
    const { rows } = shownOf(sent, { seenUntil: newestOf(posts), reported: [post(30)] });
    expect(idsOf(rows)).toEqual(["at-40", "at-30", "at-20"]);
    expect(rows.map(({ kind }) => kind)).toEqual(["post", "reported", "post"]);
  }
});

it("does not offer a reported post as a new one", () => {
  const { waiting } = shownOf([post(50), ...posts], { seenUntil: newestOf(posts), reported: [post(50)] });
  expect(waiting).toEqual([]);
});
