import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { buyer, deliver } from "../support/deliver.ts";
import { allFinished, inboxRow } from "../support/read-rows.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { type Fault, StripeStub } from "../support/stripe-stub.ts";

let stub: StripeStub;
let server: StartedApp;

beforeAll(async () => {
  stub = await new StripeStub().start();
  server = await startApp({ stripe: { url: stub.url, secret: stub.secret } });
});

beforeEach(() => {
  stub.fault = () => null;
});

afterAll(async () => {
  await server.stop();
  await stub.stop();
});

const away: Fault = () => ({
  status: 503,
  body: { error: { type: "api_error", message: "down for maintenance" } },
});
/** What a proxy in between says: JSON, but none of Stripe's. The SDK takes it for a success. */
const proxied: Fault = () => ({ status: 502, body: { message: "upstream connect error" } });
const limited: Fault = () => ({
  status: 429,
  body: { error: { type: "rate_limit_error", message: "slow down" } },
});
const NO_ATTEMPT = { n: 0 };

async function attempts(user: BrowserUser) {
  const [row] = await server.database.sql`select count(*)::int as n from checkout_attempts
    where user_id = ${user.id} and state = 'open'`;
  return row;
}

test.for([
  { what: "answers 503", fault: away },
  { what: "is hidden behind a broken proxy", fault: proxied },
  { what: "limits us", fault: limited },
])("a checkout while Stripe $what is a 503, nothing is lost, and it works afterwards", async ({ fault }) => {
  const user = await new BrowserUser(server.url).signUp("Ann");
  stub.fault = fault;
  const refused = await user.post("/api/subscriptions/create-checkout", { trial: false });
  expect(refused).toMatchObject({
    status: 503,
    body: { error: "stripe_unavailable", code: "STRIPE_UNAVAILABLE", message: expect.any(String) },
  });
  expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(JSON.stringify(refused.body)).not.toMatch(/maintenance|upstream|slow down/);
  expect(await attempts(user)).toEqual(NO_ATTEMPT);
  stub.fault = () => null;
  expect((await user.post("/api/subscriptions/create-checkout", { trial: false })).status).toBe(200);
});

test.for([
  { what: "answers 503", fault: away },
  { what: "is hidden behind a broken proxy", fault: proxied },
])("webhooks are taken while Stripe $what, and processed when it is back", async ({ fault }) => {
  const { user, events } = await buyer(stub, { url: server.url, name: "Bob" });
  const [first] = events;
  const id = String(first?.["id"]);
  stub.fault = fault;
  for (const event of events) {
    const answer = await deliver(server.url, event, { secret: stub.secret });
    expect(answer).toMatchObject({ status: 200, body: { received: true } });
  }
  await server.running.inbox.idle();
  expect(await inboxRow(server.database, id)).toMatchObject({ outcome: null, processed_at: null });
  stub.fault = () => null;
  await allFinished(
    server.database,
    events.map((event) => String(event["id"])),
    30_000,
  );
  expect(await inboxRow(server.database, id)).toMatchObject({ outcome: "processed" });
  expect(await user.me()).toMatchObject({ subscription_status: "paid", xp: 250 });
});

test("a status read waits two seconds for a Stripe that hangs, then answers what is known as stale", async () => {
  const { user } = await buyer(stub, { url: server.url, name: "Cat" });
  stub.fault = () => "hang";
  const started = Date.now();
  const [status, me] = await Promise.all([user.get("/api/subscriptions/status"), user.get("/api/users/me")]);
  expect(Date.now() - started).toBeLessThan(4_000);
  expect(status).toMatchObject({ status: 200, body: { subscription_status: "free", stale: true } });
  expect(me).toMatchObject({ status: 200, body: { subscription_status: "free" } });
  stub.fault = () => null;
});

test("a payer is Premium after a restart while Stripe is away", async () => {
  const { user, events } = await buyer(stub, { url: server.url, name: "Dan" });
  for (const event of events) await deliver(server.url, event, { secret: stub.secret });
  await allFinished(
    server.database,
    events.map((event) => String(event["id"])),
  );
  stub.fault = away;
  const restarted = await startApp({
    stripe: { url: stub.url, secret: stub.secret },
    database: server.database,
    env: { APP_URL: server.url },
  });
  try {
    const { cookie } = user;
    const again = new BrowserUser(`http://127.0.0.1:${restarted.port}`);
    for (const path of ["/api/users/me", "/api/subscriptions/status"]) {
      const answer = await again.call(`GET ${path as "/"}`, { headers: { cookie } });
      expect(answer).toMatchObject({ status: 200, body: { subscription_status: "paid" } });
    }
  } finally {
    await restarted.stop();
  }
});
