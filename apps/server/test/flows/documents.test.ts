import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

type Json = Record<string, unknown>;
let stub: StripeStub;
let server: StartedApp;

beforeAll(async () => {
  stub = await new StripeStub().start();
  server = await startApp({ stripe: { url: stub.url, secret: stub.secret }, env: { RATE_LIMITS: "on" } });
});

afterAll(async () => {
  await server.stop();
  await stub.stop();
});

const visitor = () => new BrowserUser(server.url);

/** Every path of the contract that exists by now (requirements, HTTP contract). */
const CONTRACT = [
  "post /api/auth/sign-up/email",
  "post /api/auth/sign-in/email",
  "post /api/auth/sign-out",
  "post /api/auth/request-password-reset",
  "post /api/auth/reset-password",
  "post /api/auth/change-password",
  "get /api/users/me",
  "post /api/users/grant-xp",
  "post /api/subscriptions/create-checkout",
  "post /api/subscriptions/confirm",
  "get /api/subscriptions/status",
  "post /api/subscriptions/cancel",
  "post /api/subscriptions/resume",
  "post /api/subscriptions/refresh",
  "post /api/subscriptions/portal",
  "get /api/subscriptions/billing",
  "get /api/subscriptions/withdrawal",
  "post /api/subscriptions/withdraw",
  "post /api/users/delete-account",
  "get /api/site",
  "post /api/liveassist/sessions",
  "get /api/liveassist/sessions",
  "get /api/liveassist/sessions/{sessionId}/messages",
  "post /api/liveassist/sessions/{sessionId}/messages",
  ...["liveassist", "community"].flatMap((place) => [
    `post /api/${place}/uploads`,
    ...["head", "patch", "delete"].map((method) => `${method} /api/${place}/uploads/{id}`),
    `get /api/${place}/files/{id}`,
    `get /api/${place}/files/{id}/preview`,
  ]),
  "post /api/webhooks/stripe",
  "post /api/subscriptions/webhook",
  "get /api/checkout/return",
  "get /healthz",
  "get /readyz",
];

test("/docs/json is OpenAPI 3.1, names every path of the contract, and every reference in it leads somewhere", async () => {
  const { status, body } = await visitor().get("/docs/json");
  expect(status).toBe(200);
  expect(body["openapi"]).toMatch(/^3\.1\.\d$/);
  expect(body["info"]).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  const paths = body["paths"] as Record<string, Record<string, Json>>;
  const named = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path}`),
  );
  expect(named).toEqual(expect.arrayContaining(CONTRACT));
  for (const [path, item] of Object.entries(paths)) {
    expect(path).toMatch(/^\//);
    for (const operation of Object.values(item)) {
      expect(Object.keys(operation["responses"] as Json).length).toBeGreaterThan(0);
      for (const response of Object.values(operation["responses"] as Record<string, Json>))
        expect(response["description"]).toEqual(expect.any(String));
    }
  }
  const references = JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g);
  for (const [, pointer = ""] of references) {
    const found = pointer.split("/").reduce<unknown>((at, key) => (at as Json | undefined)?.[key], body);
    expect(found, pointer).toBeDefined();
  }
});

test("every path it names is served: none is a 404 that says there is nothing", async () => {
  const { body } = await visitor().get("/docs/json");
  for (const [path, item] of Object.entries(body["paths"] as Record<string, Json>)) {
    for (const method of Object.keys(item)) {
      const answer = await visitor().call(`${method.toUpperCase() as "GET"} ${path as "/"}`, {
        ...(method === "post" ? { body: {} } : {}),
      });
      expect(answer.status, `${method} ${path}`).not.toBe(404);
      expect(answer.status, `${method} ${path}`).toBeLessThan(500);
    }
  }
});

test("/docs is a page to read, without scripts, with every path", async () => {
  const { status, headers, body } = await visitor().get("/docs");
  expect(status).toBe(200);
  expect(headers.get("content-type")).toMatch(/^text\/html/);
  for (const line of CONTRACT) expect(body["text"]).toContain(line.split(" ")[1]);
  expect(body["text"]).not.toMatch(/<script/i);
});

test("health says yes; readiness says 503 without its database, and no more than that", async () => {
  expect(await visitor().get("/healthz")).toMatchObject({ status: 200, body: { status: "ok" } });
  expect(await visitor().get("/readyz")).toMatchObject({ status: 200, body: { status: "ready" } });
});

test("every answer, good or bad, carries the headers that protect it", async () => {
  for (const path of ["/healthz", "/docs", "/api/users/me", "/nothing/here"] as const) {
    const { headers } = await visitor().get(path);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|\*/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("access-control-allow-origin")).toBeNull();
  }
});

test("guessing passwords is slowed down with 429 and Retry-After; the webhook never is", async () => {
  const guess = () =>
    visitor().post("/api/auth/sign-in/email", { email: "someone@example.com", password: "a guess" });
  const answers = [];
  for (let turn = 0; turn < 12; turn++) answers.push(await guess());
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  for (const { headers, body } of refused) {
    expect(body).toMatchObject({ error: "rate_limited", code: "RATE_LIMITED", message: expect.any(String) });
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  }
  const hooks = await Promise.all(
    Array.from({ length: 40 }, () => visitor().post("/api/webhooks/stripe", {})),
  );
  expect(new Set(hooks.map(({ status }) => status))).toEqual(new Set([400]));
});

test("refresh and confirm are limited per user, over REST and tRPC together, in batches too", async () => {
  const user = await visitor().signUp("Ann");
  const other = await visitor().signUp("Bob");
  for (let turn = 0; turn < 6; turn++)
    expect((await user.post("/api/subscriptions/refresh")).status).toBe(200);
  const paths = Array.from({ length: 8 }, () => "subscription.refresh").join(",");
  const batch = await user.post(`/trpc/${paths}?batch=1`);
  expect(String(batch.body["text"]).match(/"RATE_LIMITED"/g)).toHaveLength(4);
  expect((await user.post("/api/subscriptions/refresh")).status).toBe(429);
  expect((await other.post("/api/subscriptions/refresh")).status).toBe(200);
});
