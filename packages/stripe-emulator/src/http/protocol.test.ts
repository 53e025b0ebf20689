import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../../test/shop.ts";
import type { Rule } from "../chaos/faults.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  error: Record<string, string>;
}

const KEY = { authorization: "Bearer sk_test_shop" };
const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** By hand, since fetch does not send everything. */
function send(path: string, { method = "GET", headers = KEY, body }: Sent = {}): Promise<Answered> {
  const { port } = shop.emulator;
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => {
        const json = text === "" ? {} : (JSON.parse(text) as { error?: Record<string, string> });
        const { statusCode = 0, headers: answered } = response;
        resolve({ status: statusCode, headers: answered, text, error: json.error ?? {} });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const post = (body: string, headers: Record<string, string> = {}) =>
  send("/v1/customers", { method: "POST", headers: { ...KEY, ...FORM, ...headers }, body });

/** What is answered to bytes that need not be HTTP. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(shop.emulator.port, "127.0.0.1", () => socket.write(text));
    let heard = "";
    socket.on("data", (chunk) => {
      heard += chunk.toString();
    });
    // What was answered counts, also when the connection is then reset.
    socket.on("error", () => {});
    socket.on("close", () => resolve(heard));
  });
}

describe("what the emulator does not have", () => {
  it.each([
    ["GET", "/v1/payouts"],
    ["POST", "/v1/customers/cus_1/nonsense"],
    ["PUT", "/v1/customers/cus_1"],
    ["PATCH", "/v1/customers"],
    ["OPTIONS", "/v1/customers"],
    ["DELETE", "/v1/charges/ch_1"],
    ["GET", "/v1/"],
    ["GET", "/v1"],
    ["GET", "/v1/customers/"],
    ["GET", "/nowhere?secret=1"],
  ])("is a 404 that names it: %s %s", async (method, path) => {
    const { status, error, headers } = await send(path, { method });
    expect(status).toBe(404);
    expect(error["type"]).toBe("invalid_request_error");
    expect(error["message"]).toContain(`(${method}: ${path.split("?")[0]})`);
    expect(error["message"]).toContain("The Stripe emulator does not have it");
    expect(headers["request-id"]).toMatch(/^req_/);
  });

  it("has version 2's shape where version 2 was asked for", async () => {
    const { status, error } = await send("/v2/core/events?limit=1");
    expect([status, error["code"]]).toEqual([404, "not_found"]);
    expect(error["message"]).toContain("(GET: /v2/core/events)");
    expect((await refusal(shop.stripe.v2.core.events.list({ object_id: "x" }))).statusCode).toBe(404);
  });
});

describe("keys", () => {
  it("are asked for, and told when they are no good", async () => {
    const none = await send("/v1/customers", { headers: {} });
    expect(none).toMatchObject({ status: 401, headers: { "www-authenticate": 'Basic realm="Stripe"' } });
    expect(none.error["message"]).toContain("You did not provide an API key");
    for (const key of ["sk_live_1234567890abcdefgh", "pk_test_1234567890abcdef", "nonsense", "sk_test_"]) {
      const { status, error } = await send("/v1/customers", { headers: { authorization: `Bearer ${key}` } });
      expect([status, error["type"]]).toEqual([401, "invalid_request_error"]);
      expect(error["message"]).toMatch(/^Invalid API Key provided: /);
      expect(error["message"]).not.toContain(key);
    }
    expect((await send("/v1/customers", { headers: { authorization: "Digest x" } })).status).toBe(401);
  });

  it("can come as curl -u sends them", async () => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    expect((await send("/v1/customers", { headers: basic("sk_test_1234:") })).status).toBe(200);
    expect((await send("/v1/customers", { headers: basic(":sk_test_1234") })).status).toBe(401);
    expect((await send("/v1/customers", { headers: { authorization: "Basic %%%" } })).status).toBe(401);
  });
});

describe("requests that are no good", () => {
  it.each([
    ["JSON", '{"name":"Ada"}', { "content-type": "application/json" }],
    ["a multipart form", "--x--", { "content-type": "multipart/form-data; boundary=x" }],
    ["a percent sign alone", "name=100%", {}],
    ["a hash that is a text as well", "metadata=a&metadata[b]=c", {}],
    ["a text that is a hash as well", "metadata[b]=c&metadata=a", {}],
    ["nests without end", `a${"[b]".repeat(60)}=1`, {}],
    ["the prototype of things", "metadata[__proto__][x]=1", {}],
    ["a list where a text belongs", "name[]=a&name[]=b", {}],
    ["a parameter nobody knows", "nonsense=1", {}],
    ["a key of idempotency that is too long", "name=a", { "idempotency-key": "k".repeat(256) }],
  ])("are 400 with an error: %s", async (_name, body, headers) => {
    const { status, error } = await post(body, headers);
    expect([status, error["type"]]).toEqual([400, "invalid_request_error"]);
    expect(error["message"]).toBeTruthy();
    expect(error["request_log_url"]).toMatch(/\/req_\w+$/);
  });

  it("are 413 when they have no end, and 400 or 431 when they are no HTTP", async () => {
    const huge = await post(`name=${"a".repeat(1_100_000)}`);
    expect([huge.status, huge.error["type"]]).toEqual([413, "invalid_request_error"]);
    const wrong = await raw("POST /v1/customers HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n");
    expect(wrong).toMatch(/^HTTP\/1.1 400 .*{"error":{"type":"invalid_request_error"/s);
    expect(await raw("hello\r\n\r\n")).toMatch(/^HTTP\/1.1 400 .*"error":{/s);
    expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(40_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 /,
    );
  });

  it("may have ids of any shape", async () => {
    const missing = { status: 404, error: { code: "resource_missing", param: "id" } };
    for (const id of ["nope", "%2e%2e%2fetc", "cus_%F0%9F%98%80", "a".repeat(300), "cus_1%00", "__proto__"])
      expect(await send(`/v1/customers/${id}`)).toMatchObject(missing);
    const { status, error } = await send("/v1/customers/%E0%A4%A");
    expect([status, error["type"]]).toEqual([400, "invalid_request_error"]);
  });

  it("take the last of equal keys, and lists with and without numbers", async () => {
    expect(JSON.parse((await post("name=a&name=b&metadata[x]=1&metadata[x]=2")).text)).toMatchObject({
      name: "b",
      metadata: { x: "2" },
    });
    expect((await post("preferred_locales[]=sv&preferred_locales[]=en")).text).toContain('"sv",\n    "en"');
    expect((await send("/v1/customers?name=query", { method: "POST", headers: KEY })).text).toContain(
      '"query"',
    );
    const { id } = JSON.parse((await post("name=a")).text) as { id: string };
    const expanded = await send(`/v1/customers/${id}?expand[]=subscriptions&expand[]=sources`);
    expect(expanded.text).toContain(`/v1/customers/${id}/subscriptions`);
    expect((await send(`/v1/customers/${id}`, { method: "HEAD" })).status).toBe(200);
  });
});

describe("answers", () => {
  it("carry a request id, the version asked for, and where an error is explained", async () => {
    const headers = { ...KEY, "stripe-version": "2025-03-31.basil", "stripe-account": "acct_1" };
    const answer = await send("/v1/customers/cus_none", { headers });
    expect(answer.headers).toMatchObject({
      "request-id": expect.stringMatching(/^req_\w{14}$/),
      "stripe-version": "2025-03-31.basil",
      "stripe-account": "acct_1",
      "content-type": expect.stringContaining("application/json"),
    });
    const odd = await send("/v1/customers", { headers: { ...KEY, "stripe-version": "latest" } });
    expect([odd.status, odd.error["message"]]).toEqual([400, "Invalid Stripe API version: latest"]);
    expect(answer.error).toMatchObject({
      doc_url: "https://stripe.com/docs/error-codes/resource-missing",
      request_log_url: expect.stringContaining(String(answer.headers["request-id"])),
    });
  });

  it("say when a call may be tried again: a key in use, and what chaos was told to say", async () => {
    const key = { "idempotency-key": "used-twice" };
    shop.emulator.setApiLatency(100);
    const both = await Promise.all([post("name=a", key), post("name=a", key)]);
    shop.emulator.setApiLatency(0);
    const refused = both.find(({ status }) => status === 409);
    expect(refused?.error["code"]).toBe("idempotency_key_in_use");
    expect(refused?.headers["stripe-should-retry"]).toBe("true");
    const struck = (rule: Rule) => {
      shop.emulator.chaos.set({ rules: [{ next: 1, ...rule }] });
      return send("/v1/customers");
    };
    const limited = await struck({ fault: "rate_limit", retry: true });
    expect(limited).toMatchObject({ status: 429, headers: { "stripe-should-retry": "true" } });
    expect(limited.headers["stripe-rate-limited-reason"]).toBe("global-rate");
    const failed = await struck({ fault: "error", retry: false });
    expect(failed).toMatchObject({ status: 500, headers: { "stripe-should-retry": "false" } });
    expect((await struck({ fault: "error" })).headers["stripe-should-retry"]).toBeUndefined();
    shop.emulator.chaos.clear();
  });

  it("are 429 with the reason when a limit of calls is set and reached", async () => {
    const limited = await openShop({ settings: { requestsPerSecondOfEndpoint: 1 } });
    const many = Array.from({ length: 20 }, () =>
      fetch(`${limited.emulator.url}/v1/prices`, { headers: KEY }).then(async (response) => {
        await response.text();
        return `${response.status} ${response.headers.get("stripe-rate-limited-reason")}`;
      }),
    );
    expect(new Set(await Promise.all(many))).toEqual(new Set(["200 null", "429 endpoint-rate"]));
    await limited.close();
  });
});
