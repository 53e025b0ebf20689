import { AppError, ERRORS, type ErrorCode } from "@liveassist/shared/errors";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { expect, test } from "vitest";
import { z } from "zod";
import { toAppError, trpcCodeOf } from "./error-map.ts";
import { StripeError } from "./stripe-port.ts";

const codes = Object.keys(ERRORS) as ErrorCode[];

test.each(codes)("%s has the same status over tRPC as over REST", (code) => {
  const error = new AppError(code, "Why.");
  expect(getHTTPStatusCodeFromError(new TRPCError({ code: trpcCodeOf(error) }))).toBe(error.status);
});

test("an error of ours passes through, also from inside tRPC", () => {
  const ours = new AppError("TRIAL_USED", "Used.");
  expect(toAppError(ours)).toBe(ours);
  expect(toAppError(new TRPCError({ code: "CONFLICT", cause: ours }))).toBe(ours);
  expect(toAppError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: ours }))).toBe(ours);
});

test("a wrong input says where and why", () => {
  const { error } = z.object({ amount: z.int() }).safeParse({ amount: "many" });
  const known = toAppError(new TRPCError({ code: "BAD_REQUEST", cause: error }));
  expect(known.toBody()).toMatchObject({ code: "INVALID_INPUT", issues: [{ path: "amount" }] });
  expect(known.message).toMatch(/^amount: /);
});

test("Stripe being away is 503 with a time to come back", () => {
  const known = toAppError(new StripeError("unavailable", "Stripe 502: sk_test_secret", null));
  expect(known).toMatchObject({ code: "STRIPE_UNAVAILABLE", retryAfterSeconds: 5 });
  expect(known.message).not.toContain("sk_test");
});

test("Stripe refusing is 503 too, but promises no time and tells nothing of why", () => {
  const known = toAppError(new StripeError("rejected", "Stripe 400: No such customer", null));
  expect(known).toMatchObject({ code: "STRIPE_UNAVAILABLE", retryAfterSeconds: undefined });
  expect(known.message).not.toContain("customer");
});

test("whatever is a bug of ours says nothing of itself", () => {
  const { error: broken } = z.object({}).safeParse(1);
  const bugs = [
    new Error("column users.secret does not exist"),
    "a string",
    null,
    new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: broken }),
    new TRPCError({ code: "TIMEOUT", message: "inside" }),
  ];
  for (const bug of bugs) {
    const { code, message, issues } = { issues: undefined, ...toAppError(bug).toBody() };
    expect({ code, issues }).toEqual({ code: "INTERNAL", issues: undefined });
    expect(message).toMatch(/^Something went wrong on our side/);
  }
});
