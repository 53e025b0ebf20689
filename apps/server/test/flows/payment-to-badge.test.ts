import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

let stub: StripeStub;
let server: StartedApp;

beforeAll(async () => {
  stub = await new StripeStub().start();
  server = await startApp({ stripe: { url: stub.url, secret: stub.secret } });
});

afterAll(async () => {
  await server.stop();
  await stub.stop();
});

async function deliver(event: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = JSON.stringify(event);
  const visitor = new BrowserUser(server.url);
  return visitor.call("POST /api/webhooks/stripe", {
    body,
    headers: { "stripe-signature": stub.sign(body) },
  });
}

test("REST calls and signed webhooks alone take a user from free to paid, exactly once, with one push", async () => {
  const user = await new BrowserUser(server.url).signUp("Anna");
  const other = await new BrowserUser(server.url).signUp("Bo");
  const before = await user.me();
  expect(before).toMatchObject({ subscription_status: "free", xp: 0, version: 0, stripe_status: "none" });
  const tab = await user.openTab(Number(before["version"]));

  const checkout = await user.post("/api/subscriptions/create-checkout", { trial: false });
  expect(checkout.status).toBe(200);
  const { session, subscription, invoice } = stub.pay(String(checkout.body["sessionId"]));
  const events = [
    stub.event("checkout.session.completed", session),
    stub.event("customer.subscription.created", subscription),
    stub.event("invoice.paid", invoice),
    stub.event("invoice.payment_succeeded", invoice),
  ];
  for (const event of events)
    expect(await deliver(event)).toMatchObject({ status: 200, body: { received: true } });

  await tab.until((heard) => heard.length > 0);
  await server.running.inbox.idle();
  const after = await user.me();
  expect(after).toMatchObject({
    subscription_status: "paid",
    stripe_status: "active",
    xp: 250,
    image_limit: null,
  });
  expect(tab.events).toEqual([
    expect.objectContaining({
      type: "subscription.updated",
      userId: user.id,
      subscription_status: "paid",
      xp: 250,
      xp_awarded: 250,
      version: after["version"],
    }),
  ]);
  const [xp] = await server.database.sql`select count(*)::int as n, sum(amount)::int as sum from xp_events`;
  expect(xp).toEqual({ n: 1, sum: 250 });
  for (const event of events) expect((await deliver(event)).body).toEqual({ received: true, skipped: true });
  expect(await other.me()).toMatchObject({ subscription_status: "free", xp: 0, version: 0 });
  await tab.close();
});
