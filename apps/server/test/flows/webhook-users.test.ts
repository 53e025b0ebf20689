import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { buyer, deliver } from "../support/deliver.ts";
import { allFinished, inboxRow, rowsOf } from "../support/read-rows.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

type Json = Record<string, unknown>;
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

/** Sends events, waits for their end, and answers the inbox row of the first. */
async function send(...events: Json[]): Promise<Json> {
  for (const event of events) {
    expect((await deliver(server.url, event, { secret: stub.secret })).status).toBe(200);
  }
  await allFinished(
    server.database,
    events.map(({ id }) => String(id)),
  );
  return (await inboxRow(server.database, String(events[0]?.["id"]))) ?? {};
}

const free = (name: string) => new BrowserUser(server.url).signUp(name);
const alarmsOf = (event: Json) =>
  server.logs.filter((line) => line["alarm"] && line["eventId"] === event["id"]);

/** A subscription at Stripe that nobody bought with us: made by hand, in the dashboard or by another system. */
function foreignSubscription({
  customerId,
  metadata = {},
}: {
  customerId: string;
  metadata?: Json;
}): Json & { id: string } {
  const now = Math.floor(Date.now() / 1000);
  const price = [...stub.objects.values()].find((one) => one["object"] === "price");
  const period = { current_period_start: now, current_period_end: now + 30 * 86_400 };
  const items = { object: "list", data: [{ id: "si_x", price, ...period }] };
  const base = {
    object: "subscription",
    customer: customerId,
    status: "active",
    created: now,
    metadata,
    items,
  };
  return stub.put({ id: `sub_${crypto.randomUUID().replaceAll("-", "")}`, ...base });
}

const foreignCustomer = (metadata: Json = {}): string =>
  stub.put({ id: `cus_${crypto.randomUUID().replaceAll("-", "")}`, object: "customer", metadata }).id;

test("an event about an object Stripe does not know is a dead letter: nobody is changed, and can still buy", async () => {
  const user = await free("Ann");
  const before = await rowsOf(server.database, user.id);
  const ghost = {
    id: "sub_ghost",
    object: "subscription",
    customer: "cus_ghost",
    metadata: { userId: user.id },
  };
  const event = stub.event("customer.subscription.created", { ...ghost, status: "active" });
  expect(await send(event)).toMatchObject({ outcome: "dead" });
  expect(await rowsOf(server.database, user.id)).toEqual(before);
  expect(alarmsOf(event)).toMatchObject([{ alarm: "dead_letter" }]);
  expect((await user.post("/api/subscriptions/create-checkout", { trial: false })).status).toBe(200);
});

test("a ghost of a known customer kills the event and not the subscription", async () => {
  const { user, events } = await buyer(stub, { url: server.url, name: "Bob" });
  await send(...events);
  const before = await rowsOf(server.database, user.id);
  const [row] = await server.database
    .sql`select customer_id from stripe_customers where user_id = ${user.id}`;
  const ghost = {
    id: "sub_unheard",
    object: "subscription",
    customer: row?.["customer_id"],
    status: "canceled",
  };
  expect(await send(stub.event("customer.subscription.deleted", ghost))).toMatchObject({ outcome: "dead" });
  expect(await rowsOf(server.database, user.id)).toEqual(before);
  expect(await user.me()).toMatchObject({ subscription_status: "paid" });
});

test("an unknown customer without any id changes nobody, and says so loudly", async () => {
  const user = await free("Cat");
  const subscription = foreignSubscription({ customerId: foreignCustomer() });
  const event = stub.event("customer.subscription.created", { ...subscription, receipt_email: user.email });
  expect(await send(event)).toMatchObject({
    outcome: "dead",
    last_error: expect.stringContaining("unresolved"),
  });
  expect(alarmsOf(event)).toMatchObject([{ alarm: "dead_letter", level: "error" }]);
  expect(JSON.stringify(alarmsOf(event))).not.toContain(user.email);
  expect(await user.me()).toMatchObject({ subscription_status: "free", version: 0 });
});

test("an unknown customer whose metadata names a user is bound to them", async () => {
  const user = await free("Dan");
  const metadata = { userId: user.id };
  const subscription = foreignSubscription({ customerId: foreignCustomer(metadata), metadata });
  expect(await send(stub.event("customer.subscription.created", subscription))).toMatchObject({
    outcome: "processed",
    user_id: user.id,
  });
  expect(await user.me()).toMatchObject({ subscription_status: "paid" });
});

test("an unknown customer that names two users, or one who does not exist, changes neither", async () => {
  const [one, two] = [await free("Eve"), await free("Fox")];
  const twoFaced = foreignSubscription({
    customerId: foreignCustomer({ userId: one.id }),
    metadata: { userId: two.id },
  });
  expect(await send(stub.event("customer.subscription.created", twoFaced))).toMatchObject({
    outcome: "dead",
  });
  const metadata = { userId: "nobody-at-all" };
  const nobodys = foreignSubscription({ customerId: foreignCustomer(metadata), metadata });
  expect(await send(stub.event("customer.subscription.created", nobodys))).toMatchObject({ outcome: "dead" });
  for (const user of [one, two])
    expect(await user.me()).toMatchObject({ subscription_status: "free", version: 0 });
});

test("the stored binding wins over metadata that names another user, who is not changed", async () => {
  const { user, events, subscription } = await buyer(stub, { url: server.url, name: "Gus" });
  const other = await free("Hal");
  Object.assign(subscription, { metadata: { userId: other.id } });
  const event = stub.event("customer.subscription.created", subscription);
  expect(await send(event, ...events)).toMatchObject({ outcome: "processed", user_id: user.id });
  expect(await user.me()).toMatchObject({ subscription_status: "paid", xp: 250 });
  expect(await other.me()).toMatchObject({ subscription_status: "free", xp: 0, version: 0 });
  expect(alarmsOf(event)).toMatchObject([
    { alarm: "binding_contradicted", userId: user.id, named: [other.id] },
  ]);
});

test("a dead letter that is delivered again after Stripe knows better is processed", async () => {
  const user = await free("Ida");
  const customerId = foreignCustomer();
  const subscription = foreignSubscription({ customerId });
  const event = stub.event("customer.subscription.created", subscription);
  expect(await send(event)).toMatchObject({ outcome: "dead" });
  Object.assign(stub.get(customerId), { metadata: { userId: user.id } });
  expect(await send(event)).toMatchObject({ outcome: "processed", user_id: user.id });
  expect(await user.me()).toMatchObject({ subscription_status: "paid" });
});

test("a subscription to something else of the account grants nothing", async () => {
  const { user, subscription, invoice, events } = await buyer(stub, { url: server.url, name: "Jim" });
  const price = { id: "price_other", product: "prod_other", unit_amount: 9900 };
  Object.assign(subscription, {
    items: { object: "list", data: [{ id: "si_o", price, current_period_end: 9e9 }] },
  });
  Object.assign(invoice, { amount_paid: 9900 });
  await send(...events);
  expect(await user.me()).toMatchObject({ subscription_status: "free", xp: 0 });
});
