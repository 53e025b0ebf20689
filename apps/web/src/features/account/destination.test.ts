import { expect, it } from "vitest";
import { destinationAfterSignIn, signInSearchFor } from "./destination.ts";

it("brings the return from checkout through a sign-in, parameters and all", () => {
  const search = signInSearchFor("/", { subscription: "success", session_id: "cs_test_1", other: "x" });
  expect(search).toEqual({ subscription: "success", session_id: "cs_test_1" });
  expect(destinationAfterSignIn(search)).toBe("/?subscription=success&session_id=cs_test_1");
});

it("comes back to the page that asked for a login", () => {
  expect(destinationAfterSignIn(signInSearchFor("/settings", {}))).toBe("/settings");
  expect(destinationAfterSignIn({})).toBe("/");
});

it("never leads to another host", () => {
  for (const next of ["//evil.example", "/\\evil.example", "https://evil.example", "evil"]) {
    expect(destinationAfterSignIn({ next })).toBe("/");
  }
});
