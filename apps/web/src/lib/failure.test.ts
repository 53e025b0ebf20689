import { expect, it } from "vitest";
import { failureOf, isTransient, RefusedAnswer } from "./failure.ts";

const body = (code: string) => ({ error: "x", code, message: "why" });
const overTrpc = (code: string) => Object.assign(new Error("x"), { data: { contract: body(code) } });

it("tells a lost login from everything else, over REST and over tRPC", () => {
  expect(failureOf(new RefusedAnswer(401, body("UNAUTHENTICATED")))).toMatchObject({
    kind: "auth",
    code: "AUTH_FAILED",
  });
  expect(failureOf(overTrpc("UNAUTHENTICATED"))).toMatchObject({ kind: "auth", code: "AUTH_FAILED" });
});

it("calls no answer at all a network failure", () => {
  expect(failureOf(new TypeError("Failed to fetch"))).toMatchObject({ kind: "network", code: "NETWORK" });
});

it("calls an answer nobody can read our own failure", () => {
  expect(failureOf(new RefusedAnswer(502, null)).kind).toBe("server");
  expect(failureOf(Object.assign(new Error("x"), { meta: { response: {} } })).kind).toBe("server");
});

it("keeps the reason of a refusal, and does not try it again", () => {
  const failure = failureOf(overTrpc("ALREADY_SUBSCRIBED"));
  expect(failure).toMatchObject({ kind: "refused", code: "ALREADY_SUBSCRIBED", message: "why" });
  expect(isTransient(failure)).toBe(false);
  expect(isTransient(failureOf(overTrpc("STRIPE_UNAVAILABLE")))).toBe(true);
});
