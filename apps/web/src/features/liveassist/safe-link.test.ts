import { expect, it } from "vitest";
import { safeLink } from "./safe-link.ts";

const here = "https://liveassist.example";
const post = "2f0c1f5e-3f0a-4e55-9a2f-0d0f4f7b1c11";

it("opens posts here, by path and by full address", () => {
  expect(safeLink(`/posts/${post}`, here)).toEqual({ kind: "post", postId: post });
  expect(safeLink(`${here}/posts/${post}`, here)).toEqual({ kind: "post", postId: post });
});

it("marks what leads elsewhere with its host", () => {
  expect(safeLink("https://example.org/a?b=c", here)).toEqual({
    kind: "outside",
    href: "https://example.org/a?b=c",
    host: "example.org",
  });
});

it("follows nothing that runs code, hides its host or makes use of a login", () => {
  const bad = [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "https://liveassist.example@evil.example/",
    "/api/auth/sign-out",
    `${here}/settings`,
    "#footnote",
    "posts",
    "http://",
    undefined,
    "",
  ];
  for (const href of bad) expect(safeLink(href, here), String(href)).toBeNull();
});
