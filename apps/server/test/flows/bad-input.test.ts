import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, BrowserUser } from "../support/browser-user.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

let stub: StripeStub;
let server: StartedApp;
let user: BrowserUser;

beforeAll(async () => {
  stub = await new StripeStub().start();
  server = await startApp({ stripe: { url: stub.url, secret: stub.secret } });
  user = await new BrowserUser(server.url).signUp("Anna");
});

afterAll(async () => {
  await server.stop();
  await stub.stop();
});

type Target = Parameters<BrowserUser["call"]>[0];
type Options = Parameters<BrowserUser["call"]>[1];
interface Wrong {
  readonly what: string;
  readonly target: Target;
  readonly options?: Options;
  readonly status: number;
  readonly code: string;
}

const CONFIRM = "POST /api/subscriptions/confirm";
const text = (body: string): Options => ({ body, headers: { "content-type": "text/plain" } });

const REST: Wrong[] = [
  {
    what: "malformed JSON",
    target: CONFIRM,
    options: { body: '{"sessionId":' },
    status: 400,
    code: "INVALID_INPUT",
  },
  { what: "no body", target: CONFIRM, status: 400, code: "INVALID_INPUT" },
  { what: "an empty JSON body", target: CONFIRM, options: { body: "" }, status: 400, code: "INVALID_INPUT" },
  { what: "null", target: CONFIRM, options: { body: "null" }, status: 400, code: "INVALID_INPUT" },
  { what: "an array", target: CONFIRM, options: { body: "[]" }, status: 400, code: "INVALID_INPUT" },
  {
    what: "a wrong type",
    target: CONFIRM,
    options: { body: { sessionId: 7 } },
    status: 400,
    code: "INVALID_INPUT",
  },
  {
    what: "an empty id",
    target: CONFIRM,
    options: { body: { sessionId: "" } },
    status: 400,
    code: "INVALID_INPUT",
  },
  {
    what: "an extra field",
    target: CONFIRM,
    options: { body: { sessionId: "cs_test_1", userId: "me" } },
    status: 400,
    code: "INVALID_INPUT",
  },
  {
    what: "a prototype",
    target: CONFIRM,
    options: { body: '{"sessionId":"cs_test_1","__proto__":{"role":"admin"}}' },
    status: 400,
    code: "INVALID_INPUT",
  },
  {
    what: "a character no database can store",
    target: CONFIRM,
    options: { body: { sessionId: "cs_\u0000" } },
    status: 400,
    code: "INVALID_INPUT",
  },
  {
    what: "such a character in a name",
    target: "POST /api/auth/sign-up/email",
    options: { body: { name: "a\u0000b", email: "nul@example.com", password: "long enough" } },
    status: 400,
    code: "INVALID_INPUT",
  },
  {
    what: "such a character in a token",
    target: "POST /api/auth/reset-password",
    options: { body: { newPassword: "long enough", token: "a\u0000b" } },
    status: 400,
    code: "INVALID_INPUT",
  },
  {
    what: "a checkout of an unknown kind",
    target: "POST /api/subscriptions/create-checkout",
    options: { body: { trial: "yes" } },
    status: 400,
    code: "INVALID_INPUT",
  },
  {
    what: "a session nobody opened",
    target: CONFIRM,
    options: { body: { sessionId: "cs_test_nobody" } },
    status: 404,
    code: "NOT_FOUND",
  },
  {
    what: "plain text",
    target: CONFIRM,
    options: text('{"sessionId":"x"}'),
    status: 415,
    code: "UNSUPPORTED_MEDIA",
  },
  {
    what: "a form",
    target: "POST /api/auth/sign-in/email",
    options: { body: "email=a", headers: { "content-type": "application/x-www-form-urlencoded" } },
    status: 415,
    code: "UNSUPPORTED_MEDIA",
  },
  {
    what: "an oversized body",
    target: CONFIRM,
    options: { body: { sessionId: "x".repeat(300_000) } },
    status: 413,
    code: "TOO_LARGE",
  },
  {
    what: "an oversized webhook",
    target: "POST /api/webhooks/stripe",
    options: { body: "x".repeat(1_000_001) },
    status: 413,
    code: "TOO_LARGE",
  },
  { what: "an unknown route", target: "GET /api/users/you", status: 404, code: "NOT_FOUND" },
  { what: "a wrong method", target: "DELETE /api/users/me", status: 404, code: "NOT_FOUND" },
  { what: "a GET of a POST", target: "GET /api/subscriptions/cancel", status: 404, code: "NOT_FOUND" },
  {
    what: "a broken escape in the address",
    target: "GET /api/users/%E0%A4%A",
    status: 400,
    code: "INVALID_INPUT",
  },
  {
    what: "better-auth's own unlisted paths",
    target: "POST /api/auth/delete-user",
    status: 404,
    code: "NOT_FOUND",
  },
  { what: "the restoring of logins", target: "POST /api/auth/restore-login", status: 404, code: "NOT_FOUND" },
  {
    what: "a foreign origin",
    target: "POST /api/subscriptions/create-checkout",
    options: { body: {}, headers: { origin: "https://evil.example" } },
    status: 403,
    code: "FOREIGN_ORIGIN",
  },
  {
    what: "an opaque origin",
    target: "POST /api/auth/sign-out",
    options: { body: {}, headers: { origin: "null" } },
    status: 403,
    code: "FOREIGN_ORIGIN",
  },
  {
    what: "XP from who is no admin",
    target: "POST /api/users/grant-xp",
    options: { body: { userId: "x", amount: 1, reason: "x", idempotencyKey: "x" } },
    status: 403,
    code: "FORBIDDEN",
  },
];

/** Nothing of ours: no stack, no path, no SQL, no driver's words. */
const INNARDS =
  /\bat .+:\d+|node_modules|\.ts\b|\/work|select |insert |drizzle|postgres|FST_|ZodError|TRPCError/i;

function expectContract(answer: Answer, { status, code }: Pick<Wrong, "status" | "code">): void {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  expect(answer.body).toMatchObject({ error: expect.any(String), code, message: expect.any(String) });
  const { error: _, code: __, message: ___, issues, ...rest } = answer.body;
  expect(rest).toEqual({});
  if (issues !== undefined) {
    expect(issues).toEqual(
      expect.arrayContaining([{ path: expect.any(String), message: expect.any(String) }]),
    );
  }
  expect(JSON.stringify(answer.body)).not.toMatch(INNARDS);
}

describe("over REST", () => {
  test.for(REST)("$what gets $status $code", async (wrong) => {
    expectContract(await user.call(wrong.target, wrong.options), wrong);
  });

  test("every route of a user gets 401 without a login", async () => {
    const visitor = new BrowserUser(server.url);
    for (const path of ["/api/users/me", "/api/subscriptions/status"] as const)
      expectContract(await visitor.get(path), { status: 401, code: "UNAUTHENTICATED" });
    for (const verb of ["create-checkout", "confirm", "cancel", "resume", "refresh", "portal"])
      expectContract(await visitor.post(`/api/subscriptions/${verb}`), {
        status: 401,
        code: "UNAUTHENTICATED",
      });
  });

  test("what is not even HTTP gets an end, and the server goes on", async () => {
    const socket = connect(server.port, "127.0.0.1");
    socket.end("NONSENSE\r\n\r\n");
    let heard = "";
    for await (const part of socket) heard += String(part);
    expect(heard).toMatch(/^HTTP\/1\.1 400/);
    expect(heard).not.toMatch(INNARDS);
    expect(await user.me()).toMatchObject({ id: user.id });
  });
});

const TRPC: Wrong[] = [
  { what: "an unknown procedure", target: "GET /trpc/user.nobody", status: 404, code: "NOT_FOUND" },
  { what: "a property every object has", target: "GET /trpc/constructor", status: 404, code: "NOT_FOUND" },
  { what: "a prototype's name", target: "POST /trpc/__proto__", status: 404, code: "NOT_FOUND" },
  { what: "malformed input", target: "GET /trpc/user.me?input=%7B", status: 400, code: "INVALID_INPUT" },
  {
    what: "unwanted input",
    target: "GET /trpc/user.me?input=%7B%22a%22%3A1%7D",
    status: 400,
    code: "INVALID_INPUT",
  },
  {
    what: "a wrong type",
    target: "POST /trpc/subscription.confirm",
    options: { body: { sessionId: 7 } },
    status: 400,
    code: "INVALID_INPUT",
  },
  {
    what: "a mutation by GET",
    target: "GET /trpc/subscription.cancel",
    status: 404,
    code: "NOT_FOUND",
  },
  {
    what: "a query by POST",
    target: "POST /trpc/user.me",
    options: { body: {} },
    status: 404,
    code: "NOT_FOUND",
  },
  {
    what: "a checkout of somebody else",
    target: "POST /trpc/subscription.confirm",
    options: { body: { sessionId: "cs_test_nobody" } },
    status: 404,
    code: "NOT_FOUND",
  },
  {
    what: "a comma without a batch",
    target: "GET /trpc/user.me,user.me",
    status: 400,
    code: "INVALID_INPUT",
  },
];

describe("over tRPC", () => {
  test.for(TRPC)("$what gets $status $code at error.data.contract", async (wrong) => {
    const answer = await user.call(wrong.target, wrong.options);
    expect(answer.status, JSON.stringify(answer.body)).toBe(wrong.status);
    expect(answer.body).toMatchObject({
      error: {
        data: { contract: { error: expect.any(String), code: wrong.code, message: expect.any(String) } },
      },
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/stack|node_modules|\.ts\b|drizzle|select /i);
  });

  test("a live procedure is not for HTTP", async () => {
    const answer = await user.call("GET /trpc/subscription.onUpdated");
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).toMatchObject({ error: { data: { contract: { code: expect.any(String) } } } });
  });

  test.for([",", "%2C", "%2c"])("a batch over the limit runs nothing, written with %s", async (comma) => {
    const paths = Array.from({ length: 11 }, () => "user.me").join(comma);
    const answer = await user.call(`GET /trpc/${paths}?batch=1&input=%7B%7D`);
    expect(answer.status).toBe(400);
    const all = JSON.parse(String(answer.body["text"])) as unknown[];
    for (const one of all)
      expect(one).toMatchObject({ error: { data: { contract: { code: "INVALID_INPUT" } } } });
    expect(String(answer.body["text"])).not.toContain(user.email);
  });

  test("a batch answers each call on its own", async () => {
    const answer = await user.call("GET /trpc/user.me,user.nobody?batch=1&input=%7B%7D");
    expect(answer.status).toBe(207);
    expect(JSON.parse(String(answer.body["text"]))).toMatchObject([
      { result: { data: { id: user.id } } },
      { error: { data: { contract: { code: "NOT_FOUND" } } } },
    ]);
  });
});

test("nothing of all this counted as a bug of ours, or changed anything", async () => {
  expect(server.logs.filter((line) => line["level"] === "error")).toEqual([]);
  expect(await user.me()).toMatchObject({ subscription_status: "free", xp: 0, version: 0, role: "user" });
  expect(stub.calls.filter(({ method }) => method === "POST")).toEqual([]);
});
