import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { buyer, deliver } from "../support/deliver.ts";
import { allFinished, inboxRow, rowsOf } from "../support/read-rows.ts";
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
  stub.mostPerPage = 100;
});
afterAll(async () => {
  await server.stop();
  await stub.stop();
});

const FAILURES: { how: string; answer: ReturnType<Fault> }[] = [
  { how: "answers 500", answer: { status: 500, body: { error: { type: "api_error", message: "no" } } } },
  {
    how: "answers 429",
    answer: { status: 429, body: { error: { type: "rate_limit_error", message: "no" } } },
  },
  { how: "resets the connection", answer: "reset" },
];

async function stored(userId: string) {
  const { sql } = server.database;
  const [rows, customers, told] = await Promise.all([
    rowsOf(server.database, userId),
    sql`select observed_seq, observed_at from stripe_customers where user_id = ${userId}`,
    sql`select id from outbox where user_id = ${userId}`,
  ]);
  return { rows, observed: [...customers], told: [...told] };
}

test.for(FAILURES)(
  "a sync whose second page $how changes nothing, and is made good when it comes",
  async ({ answer }) => {
    const { user, events, subscription } = await buyer(stub, { url: server.url, name: "Eve" });
    for (const event of events) await deliver(server.url, event, { secret: stub.secret });
    await allFinished(
      server.database,
      events.map((event) => String(event["id"])),
    );
    const before = await stored(user.id);
    expect(before.rows["user"]).toMatchObject([{ subscription_status: "paid" }]);

    // The first page tells of the end; whatever else there is stands on the second.
    const older = { ...subscription, id: `${String(subscription["id"])}older`, status: "incomplete_expired" };
    const ended = Object.assign(subscription, {
      status: "canceled",
      ended_at: Math.floor(Date.now() / 1000),
    });
    stub.objects.delete(String(ended["id"]));
    stub.put(older);
    stub.objects.set(String(ended["id"]), ended);
    stub.mostPerPage = 1;
    const secondPages = () =>
      stub.calls.filter((call) => call.path === "/v1/subscriptions" && call.params["starting_after"]).length;
    stub.fault = ({ path, params }) =>
      path === "/v1/subscriptions" && params["starting_after"] ? answer : null;

    const event = stub.event("customer.subscription.deleted", ended);
    const id = String(event["id"]);
    await deliver(server.url, event, { secret: stub.secret });
    await vi.waitFor(
      async () =>
        expect(await inboxRow(server.database, id)).toMatchObject({
          last_error: expect.any(String),
          outcome: null,
        }),
      { timeout: 10_000 },
    );
    expect(secondPages()).toBeGreaterThan(0);
    expect(await stored(user.id)).toEqual(before);
    expect(await user.me()).toMatchObject({ subscription_status: "paid", xp: 250 });

    stub.fault = () => null;
    await allFinished(server.database, [id], 30_000);
    expect(await user.me()).toMatchObject({ subscription_status: "free", stripe_status: "canceled" });
  },
);
