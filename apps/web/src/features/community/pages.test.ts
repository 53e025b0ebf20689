import type { PostView } from "@liveassist/api/contract";
import { describe, expect, it } from "vitest";
import { type Pages, pagesAfter, postAfter, postsIn } from "./pages.ts";

const anna = { id: "anna", name: "Anna", premium_badge: false, xp: 0 };
const bo = { id: "bo", name: "Bo", premium_badge: false, xp: 0 };
const post = (minute: number, author = anna): PostView => ({
  id: `at-${minute}`,
  author,
  text: `of minute ${minute}`,
  uploads: [],
  created_at: `2026-11-21T12:${String(minute).padStart(2, "0")}:00.000Z`,
  edited_at: null,
  own: false,
});

/** 50, 40 | 30, 20, and older ones that were not loaded. */
const loaded: Pages = {
  pages: [
    { posts: [post(50), post(40, bo)], next: "40" },
    { posts: [post(30), post(20, bo)], next: "20" },
  ],
  pageParams: [null, "40"],
};
const idsOf = (pages: Pages) => postsIn(pages).map(({ id }) => id);

describe("the loaded posts", () => {
  it("take a new one on top", () => {
    const after = pagesAfter(loaded, { type: "post", post: post(55, bo) }, null);
    expect(idsOf(after)).toEqual(["at-55", "at-50", "at-40", "at-30", "at-20"]);
    expect(idsOf(loaded)).toHaveLength(4);
  });

  it("take the first of all", () => {
    const empty: Pages = { pages: [{ posts: [], next: null }], pageParams: [null] };
    expect(idsOf(pagesAfter(empty, { type: "post", post: post(1) }, null))).toEqual(["at-1"]);
  });

  it("show a changed one in its place, once", () => {
    const after = pagesAfter(loaded, { type: "post", post: { ...post(30), text: "changed" } }, null);
    expect(idsOf(after)).toEqual(idsOf(loaded));
    expect(postsIn(after)[2]?.text).toBe("changed");
  });

  it("put one that comes back where its time belongs", () => {
    const after = pagesAfter(loaded, { type: "post", post: post(35) }, null);
    expect(idsOf(after)).toEqual(["at-50", "at-40", "at-35", "at-30", "at-20"]);
  });

  it("leave one alone that is older than all that was loaded, until the end was", () => {
    const old = { type: "post", post: post(5) } as const;
    expect(pagesAfter(loaded, old, null)).toBe(loaded);
    const whole = {
      ...loaded,
      pages: loaded.pages.map((page, at) => (at === 1 ? { ...page, next: null } : page)),
    };
    expect(idsOf(pagesAfter(whole, old, null)).at(-1)).toBe("at-5");
  });

  it("of one person take nobody else's", () => {
    const event = { type: "post", post: post(55, bo) } as const;
    expect(pagesAfter(loaded, event, "anna")).toBe(loaded);
    expect(idsOf(pagesAfter(loaded, event, "bo"))[0]).toBe("at-55");
  });

  it("lose one that is gone", () => {
    expect(idsOf(pagesAfter(loaded, { type: "removed", postId: "at-40" }, null))).toEqual([
      "at-50",
      "at-30",
      "at-20",
    ]);
    expect(pagesAfter(loaded, { type: "removed", postId: "nowhere" }, null)).toBe(loaded);
  });

  it("show a new badge beside every post of its owner, and beside nobody else's", () => {
    const author = { ...bo, premium_badge: true, xp: 250 };
    const after = pagesAfter(loaded, { type: "author", author }, null);
    expect(postsIn(after).map((one) => one.author.premium_badge)).toEqual([false, true, false, true]);
  });
});

describe("a post that stands alone", () => {
  it("follows its own events, and no others", () => {
    const one = post(30);
    expect(postAfter(one, { type: "removed", postId: "at-30" })).toBeNull();
    expect(postAfter(one, { type: "removed", postId: "at-40" })).toBe(one);
    expect(postAfter(one, { type: "post", post: post(40) })).toBe(one);
    expect(postAfter(one, { type: "author", author: bo })).toBe(one);
    expect(postAfter(one, { type: "author", author: { ...anna, xp: 250 } })?.author.xp).toBe(250);
  });
});
