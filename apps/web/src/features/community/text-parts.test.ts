import { expect, it } from "vitest";
import { isLong, textParts } from "./text-parts.ts";

const linksIn = (text: string) => textParts(text).flatMap(({ href }) => href ?? []);

it("finds addresses, and leaves the sentence its full stop and brackets", () => {
  expect(linksIn("See https://example.com/a?b=1. And (http://example.org/x), too")).toEqual([
    "https://example.com/a?b=1",
    "http://example.org/x",
  ]);
  expect(linksIn("https://en.wikipedia.org/wiki/Hub_(bicycle)")).toEqual([
    "https://en.wikipedia.org/wiki/Hub_(bicycle)",
  ]);
});

it("makes nothing else a link", () => {
  expect(linksIn("javascript:alert(1) ftp://example.com www.example.com https:// data:text/html,x")).toEqual(
    [],
  );
});

it("loses no character", () => {
  for (const text of [
    "",
    "a",
    "https://a.example",
    "x https://a.example y\n\nhttps://b.example!",
    "https://",
  ]) {
    expect(
      textParts(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  }
});

it("calls a post long by its lines or its length", () => {
  expect(isLong("a\nb")).toBe(false);
  expect(isLong("a\n".repeat(20))).toBe(true);
  expect(isLong("a".repeat(2000))).toBe(true);
});
