import { describe, expect, test } from "vitest";
import { originCheck } from "./origin.ts";

describe("for a loopback address", () => {
  const isOwn = originCheck("http://localhost:3000");
  test.each([undefined, "http://localhost:3000", "http://127.0.0.1:3000"])("%s is our own", (origin) => {
    expect(isOwn(origin)).toBe(true);
  });
  test.each([
    "",
    "null",
    "http://localhost",
    "http://localhost:3001",
    "https://localhost:3000",
    "http://localhost:3000.example",
    "http://localhost.example:3000",
    "http://[::1]:3000",
    "http://LOCALHOST:3000/",
  ])("%j is foreign", (origin) => {
    expect(isOwn(origin)).toBe(false);
  });
});

test("for a public address only that very address is our own", () => {
  const isOwn = originCheck("https://app.example");
  expect(isOwn("https://app.example")).toBe(true);
  for (const origin of ["http://app.example", "https://www.app.example", "https://app.example:8443"])
    expect(isOwn(origin)).toBe(false);
  expect(isOwn("http://localhost")).toBe(false);
});
