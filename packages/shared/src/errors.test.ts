import { expect, test } from "vitest";
import { AppError, ERRORS, type ErrorCode } from "./errors.ts";

const CONTRACT = {
  400: ["INVALID_INPUT", "INVALID_SIGNATURE"],
  401: ["UNAUTHENTICATED"],
  403: [
    "FORBIDDEN",
    "FOREIGN_ORIGIN",
    "EMAIL_NOT_VERIFIED",
    "IMAGE_DAY_LIMIT",
    "VIDEO_REQUIRES_PREMIUM",
    "MESSAGE_TOO_LONG",
  ],
  404: ["NOT_FOUND"],
  409: [
    "TRIAL_USED",
    "ALREADY_SUBSCRIBED",
    "PAYMENT_NEEDS_ATTENTION",
    "NO_SUBSCRIPTION",
    "WITHDRAWAL_OVER",
    "EMAIL_TAKEN",
    "REPLY_RUNNING",
    "NOT_RETRYABLE",
    "UPLOAD_NOT_READY",
    "UPLOAD_USED",
    "NOT_ASSIGNABLE",
    "IDEMPOTENCY_CONFLICT",
  ],
  413: ["TOO_LARGE"],
  415: ["UNSUPPORTED_MEDIA"],
  429: ["RATE_LIMITED"],
  500: ["INTERNAL"],
  503: ["STRIPE_UNAVAILABLE"],
} satisfies Record<number, ErrorCode[]>;

test("every code has the status the contract gives it", () => {
  const found = Object.entries(ERRORS).map(([code, { status }]) => [code, status]);
  const wanted = Object.entries(CONTRACT).flatMap(([status, codes]) =>
    codes.map((code) => [code, Number(status)]),
  );
  expect(new Map(found as [string, number][])).toEqual(new Map(wanted as [string, number][]));
});

test.each([
  ["INVALID_INPUT", "invalid_input"],
  ["INVALID_SIGNATURE", "invalid_signature"],
  ["FOREIGN_ORIGIN", "foreign_origin"],
  ["IMAGE_DAY_LIMIT", "limit_exceeded"],
  ["TRIAL_USED", "conflict"],
  ["INTERNAL", "internal_error"],
  ["STRIPE_UNAVAILABLE", "stripe_unavailable"],
] as const)("%s is called %s", (code, error) => {
  expect(new AppError(code, "Why.").toBody()).toEqual({ error, code, message: "Why." });
});

test("a body says what is wrong with the input, and never the cause or a stack", () => {
  const issues = [{ path: "amount", message: "too big" }];
  const error = new AppError("INVALID_INPUT", "amount: too big", { issues, cause: new Error("secret") });
  expect(error.toBody()).toEqual({
    error: "invalid_input",
    code: "INVALID_INPUT",
    message: "amount: too big",
    issues,
  });
  expect(error.cause).toBeInstanceOf(Error);
});
