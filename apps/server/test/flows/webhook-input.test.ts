import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { buyer, deliver } from "../support/deliver.ts";
import { allFinished, inboxRow } from "../support/read-rows.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

const OLD = "whsec_old_secret";
const NEW = "whsec_new_secret";
let stub: StripeStub;
let server: StartedApp;

beforeAll(async () => {
  stub = await new StripeStub().start();
  // Two secrets while rolling: either may sign.
  server = await startApp({ stripe: { url: stub.url, secret: `${OLD}, ${NEW}` } });
});

afterAll(async () => {
  await server.stop();
  await stub.stop();
});

const now = () => Math.floor(Date.now() / 1000);
const send = (event: object | string, secret = NEW, at = now()) => deliver(server.url, event, { secret, at });
const ignored = () => stub.event("payment_method.attached", { id: "pm_1", object: "payment_method" });
const idOf = (event: object) => String((event as { id: unknown }).id);
const alarms = (alarm: string) => server.logs.filter((line) => line["alarm"] === alarm);
const storedCount = async () => (await server.database.sql`select count(*)::int as n from webhook_events`)[0];

describe("a signature", () => {
  const post = (body: string, headers: Record<string, string>) =>
    new BrowserUser(server.url).call("POST /api/webhooks/stripe", { body, headers });
  const body = JSON.stringify(ignored0());

  function ignored0() {
    return { id: "evt_x", object: "event", type: "payment_method.attached", data: { object: { id: "pm" } } };
  }

  test.for([
    { what: "missing", headers: () => ({}) },
    { what: "empty", headers: () => ({ "stripe-signature": "" }) },
    { what: "nonsense", headers: () => ({ "stripe-signature": "nonsense" }) },
    {
      what: "of a wrong secret",
      headers: () => ({ "stripe-signature": stub.sign(body, now(), "whsec_other") }),
    },
    { what: "of another body", headers: () => ({ "stripe-signature": stub.sign(`${body} `, now(), NEW) }) },
    { what: "stale", headers: () => ({ "stripe-signature": stub.sign(body, now() - 302, NEW) }) },
    { what: "from the future", headers: () => ({ "stripe-signature": stub.sign(body, now() + 310, NEW) }) },
    {
      what: "with its time changed",
      headers: () => ({
        "stripe-signature": stub.sign(body, now() - 4000, NEW).replace(/t=\d+/, `t=${now()}`),
      }),
    },
    {
      what: "of an old scheme only",
      headers: () => ({ "stripe-signature": stub.sign(body, now(), NEW).replace("v1=", "v0=") }),
    },
  ])("that is $what gets 400 and stores nothing", async ({ headers }) => {
    const before = await storedCount();
    const answer = await post(body, headers());
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      error: "invalid_signature",
      code: "INVALID_SIGNATURE",
      message: expect.stringMatching(/^Invalid signature: /),
    });
    expect(answer.body["message"]).not.toContain("whsec_");
    expect(await storedCount()).toEqual(before);
  });

  test("of either secret is good, at both paths, up to 300 s off, whatever the content type", async () => {
    for (const secret of [OLD, NEW]) {
      for (const path of ["/api/webhooks/stripe", "/api/subscriptions/webhook"] as const) {
        for (const at of [now(), now() - 297, now() + 297]) {
          const answer = await deliver(server.url, ignored(), { secret, at, path });
          expect(answer).toMatchObject({ status: 200, body: { received: true } });
        }
      }
    }
    const event = JSON.stringify(ignored());
    const headers = { "stripe-signature": stub.sign(event, now(), NEW), "content-type": "text/weird" };
    expect((await post(event, headers)).status).toBe(200);
  });

  test("is checked on the bytes: a body formatted otherwise is good, a re-written one is not", async () => {
    const event = ignored();
    const formatted = JSON.stringify(event, null, 2);
    expect((await send(formatted)).status).toBe(200);
    const signature = stub.sign(formatted, now(), NEW);
    expect((await post(JSON.stringify(event), { "stripe-signature": signature })).status).toBe(400);
  });
});

describe("a body that was signed well", () => {
  test.for([
    "{",
    "",
    "null",
    "[]",
    '"text"',
    "{}",
    '{"id":"evt_1"}',
    '{"id":"evt_1","type":"x","data":null}',
  ])("but is no event gets 400: %s", async (body) => {
    const before = await storedCount();
    expect(await send(body)).toMatchObject({
      status: 400,
      body: { error: "invalid_input", code: "INVALID_INPUT", message: expect.any(String) },
    });
    expect(await storedCount()).toEqual(before);
  });

  test("of a type we do not handle is stored, ignored and answered 200; again, it is skipped", async () => {
    const event = ignored();
    expect(await send(event)).toMatchObject({ status: 200, body: { received: true } });
    expect(await inboxRow(server.database, idOf(event))).toMatchObject({
      outcome: "ignored",
      payload: JSON.stringify(event),
    });
    expect((await send(event)).body).toEqual({ received: true, skipped: true });
  });

  test("of the other livemode is stored and ignored, and changes nobody", async () => {
    const { user, subscription } = await buyer(stub, { url: server.url, name: "Live" });
    const event = stub.event("customer.subscription.created", subscription, { livemode: true });
    expect((await send(event)).status).toBe(200);
    expect(await inboxRow(server.database, idOf(event))).toMatchObject({
      outcome: "ignored",
      livemode: true,
    });
    expect(await server.database.sql`select xp, stripe_status from users where id = ${user.id}`).toEqual([
      { xp: 0, stripe_status: "none" },
    ]);
  });

  test("of another API version is stored, processed by fetching anew, and alarmed", async () => {
    const { user, subscription } = await buyer(stub, { url: server.url, name: "Version" });
    const { items: _, ...old } = subscription;
    const event = stub.event("customer.subscription.created", old, { api_version: "2020-08-27" });
    expect((await send(event)).status).toBe(200);
    await allFinished(server.database, [idOf(event)]);
    expect(await inboxRow(server.database, idOf(event))).toMatchObject({ outcome: "processed" });
    expect(await user.me()).toMatchObject({ subscription_status: "paid", xp: 250 });
    expect(alarms("stripe_api_version")).toMatchObject([{ eventId: idOf(event), got: "2020-08-27" }]);
  });

  test("with times and ids beyond belief harms no other event that arrives beside it", async () => {
    const good = Array.from({ length: 5 }, ignored);
    const odd = [
      { ...ignored(), created: 1e300 },
      { ...ignored(), created: -1 },
      { ...ignored(), created: 0.5 },
      { ...ignored(), id: "evt_\u0000" },
      { ...ignored(), livemode: "yes" },
    ];
    const answers = await Promise.all([...odd, ...good].map((event) => send(event)));
    expect(answers.slice(odd.length).map(({ status }) => status)).toEqual(good.map(() => 200));
    for (const answer of answers) {
      expect(answer.status === 200 || answer.body["code"] !== undefined).toBe(true);
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500);
    }
  });
});

describe("when the database is down", () => {
  test("nothing is acknowledged; a later delivery is stored and processed", async () => {
    const { user, events } = await buyer(stub, { url: server.url, name: "Down" });
    const [event] = events;
    if (!event) throw new Error("no event");
    await server.database.sql`alter table webhook_events rename to webhook_events_away`;
    const refused = await send(event).finally(
      () => server.database.sql`alter table webhook_events_away rename to webhook_events`,
    );
    expect(refused.status).toBeGreaterThanOrEqual(500);
    expect(refused.body).toEqual({ error: "internal_error", code: "INTERNAL", message: expect.any(String) });
    expect(JSON.stringify(refused.body)).not.toMatch(/webhook_events|insert|relation/);
    expect(await inboxRow(server.database, idOf(event))).toBeUndefined();
    expect((await send(event)).body).toEqual({ received: true });
    await allFinished(server.database, [idOf(event)]);
    expect(await user.me()).toMatchObject({ subscription_status: "paid", xp: 250 });
  });
});
