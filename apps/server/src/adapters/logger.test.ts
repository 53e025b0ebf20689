import { mask } from "@liveassist/shared/mask";
import { describe, expect, test } from "vitest";
import { createLogger } from "./logger.ts";

const lineOf = (fields: object, message = "said"): Record<string, unknown> => {
  const lines: string[] = [];
  createLogger("info", { write: (line) => void lines.push(line) }).info(fields, message);
  return JSON.parse(lines[0] ?? "{}") as Record<string, unknown>;
};

describe("a log line", () => {
  test("keeps what correlates", () => {
    const ids = { sessionId: "cs_1", userId: "user_1", eventId: "evt_1", version: 7, xpAwarded: 250 };
    expect(lineOf(ids)).toMatchObject({ ...ids, level: "info", msg: "said" });
  });
  test("masks personal data, tokens and card data however deep they lie", () => {
    const payload = {
      customer_email: "a@example.com",
      email: "a@example.com",
      customer_details: { name: "Anna" },
      customer_name: "Anna Lind",
      customer_phone: "+46 70 123 45 67",
      list: [{ token: "secret-1" }, { payment_method: { card: { last4: "4242" } } }],
      headers: { cookie: "secret-2", Authorization: "secret-3" },
    };
    const text = JSON.stringify(lineOf({ payload }));
    expect(text).not.toMatch(/example\.com|Anna|secret-|4242|\+46/);
  });
  test("masks an address in an error, in its causes, and in any text", () => {
    const cause = new Error("duplicate key (email)=(anna@example.com)");
    const err = new Error("Failed query: insert\nparams: anna@example.com,hash-1", { cause });
    const text = JSON.stringify(lineOf({ err, reason: "Error: no mail to anna@example.com" }));
    expect(text).not.toMatch(/anna|hash-1/);
    expect(text).toContain("[masked]");
  });
  test("leaves the values of a failed query out, also when one looks like a stack", () => {
    const err = new Error("Failed query: insert\nparams: My error:\n    at private.ts:1\n$& end of my text");
    const text = JSON.stringify(lineOf({ err }));
    expect(text).not.toMatch(/private|my text/i);
    expect(text).toMatch(/Failed query: insert.*logger\.test\.ts/);
  });
});

test("masking copies: what was given is as it was", () => {
  const given = { email: "a@example.com", at: new Date(0), nothing: null };
  expect(mask(given)).toEqual({ email: "[masked]", at: new Date(0), nothing: null });
  expect(given.email).toBe("a@example.com");
});

test("something that contains itself ends", () => {
  const loop: Record<string, unknown> = {};
  loop["self"] = loop;
  expect(JSON.stringify(mask(loop))).toContain("[deep]");
});
