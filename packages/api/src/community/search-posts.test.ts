import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor } from "../deps.ts";
import { searchPosts } from "./search-posts.ts";

let world: TestWorld;
let anna: Actor;
let bo: Actor;
const ids = new Map<string, string>();
const POSTS = [
  "My bike brakes squeal",
  "Brakes of a car",
  "Bike brakes: clean the rim, then the brakes",
  "Ängar och Åsar i Skåne",
  "100% wool",
  "secret bike",
  "foul bike",
  "gone bike",
];
beforeAll(async () => {
  world = await openWorld();
  [anna, bo] = [await world.user(), await world.user()];
  for (const text of POSTS) {
    const { id } = await world.as(anna).community.createPost({ text, clientPostId: text });
    ids.set(text, id);
  }
  const idOf = (text: string) => ids.get(text) ?? "";
  await world.as(bo).community.reportPost({ postId: idOf("foul bike"), reason: "foul" });
  await world.as(anna).community.deletePost({ postId: idOf("gone bike") });
});
afterAll(() => world.close());

const search = (query: string, limit = 10) => searchPosts(world.deps, { readerId: bo.userId, query, limit });
const texts = async (...of: Parameters<typeof search>) => (await search(...of)).map((one) => one.text);

test("finds posts that have any of the words, those with more of them first", async () => {
  expect(await texts("How do I stop BIKE brakes?")).toEqual([
    "Bike brakes: clean the rim, then the brakes",
    "My bike brakes squeal",
    "secret bike",
    "Brakes of a car",
  ]);
});

test("cites the author and the post's address", async () => {
  const id = ids.get("100% wool");
  expect(await search("wool")).toEqual([
    { id, author: (await world.row(anna.userId)).name, text: "100% wool", url: `/posts/${id}` },
  ]);
});

test("never what the reader reported or what was removed", async () => {
  expect(await texts("foul gone")).toEqual([]);
  const others = await searchPosts(world.deps, { readerId: anna.userId, query: "foul", limit: 5 });
  expect(others).toHaveLength(1);
});

test("longer words match as a beginning, whatever the alphabet and the case", async () => {
  expect(await texts("ängarna ängar")).toEqual(["Ängar och Åsar i Skåne"]);
  expect(await texts("SKÅN")).toEqual(["Ängar och Åsar i Skåne"]);
  expect(await texts("squea")).toEqual(["My bike brakes squeal"]);
});

test.each(["", "  ", "%", "_", "'; drop table users; --", "a & !b | (c:*", ":*", "\\", "\0", "💥"])(
  "takes nothing typed for an operator: %j",
  async (query) => expect(await texts(query)).toEqual([]),
);

test("answers no more than asked for, and no more than it may", async () => {
  expect(await texts("bike", 1)).toHaveLength(1);
  for (const limit of [0, -1, Number.NaN]) expect(await texts("bike", limit)).toEqual([]);
  expect((await texts("bike ".repeat(10_000), 1e9)).length).toBe(3);
});

test("long posts are cut, not in the middle of a character", async () => {
  await world.as(anna).community.createPost({ text: `zebra ${"🦓".repeat(1_500)}`, clientPostId: "long" });
  const [found] = await search("zebra");
  expect(found?.text.isWellFormed()).toBe(true);
  expect([...(found?.text ?? "")]).toHaveLength(1_000);
});
