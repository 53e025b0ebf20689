import type { Emulator } from "@liveassist/stripe-emulator";
import { startEmulator } from "@liveassist/stripe-emulator";
import { afterEach, expect, test, vi } from "vitest";
import type { BrowserUser } from "../support/browser-user.ts";
import { atCheckout, paidAt } from "../support/deliver.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { type Fault, StripeStub } from "../support/stripe-stub.ts";

/** Walks follow each other within a second. */
const OFTEN = { RECONCILE_EVERY_SECONDS: "1" };
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function serve(
  stripe: { url: string; secret: string },
  more: Partial<Parameters<typeof startApp>[0]> = {},
) {
  const server = await startApp({ stripe, ...more });
  opened.push(() => server.stop());
  return server;
}

async function withStub() {
  const stub = await new StripeStub().start();
  opened.push(() => stub.stop());
  return stub;
}

/** What is stored, without any read that would ask Stripe by itself. */
const stored = async ({ database }: StartedApp, userId: string) =>
  (
    await database.sql`select subscription_status, xp, trial_used_at is not null as trial_used from users where id = ${userId}`
  )[0];

const walksEnded = async ({ database }: StartedApp) =>
  Number((await database.sql`select count(*) as n from reconcile_walks where state = 'finished'`)[0]?.["n"]);

const becomes = (server: StartedApp, userId: string, expected: object) =>
  vi.waitFor(async () => expect(await stored(server, userId)).toMatchObject(expected), {
    timeout: 30_000,
    interval: 50,
  });

async function buyFrom(
  emulator: Emulator,
  server: StartedApp,
  { name, trial }: { name: string; trial: boolean },
) {
  const { user, sessionId } = await atCheckout(server.url, name, trial);
  const paid = await emulator.completeCheckout(sessionId);
  expect(paid.outcome).toBe("complete");
  return user;
}

test("webhooks that are all lost: after one walk every state is right, the ledger is whole, and it is counted", async () => {
  const emulator = await startEmulator({ seed: 1 });
  opened.push(() => emulator.close());
  const stripe = { url: emulator.url, secret: "whsec_lost" };
  const clock = { now: () => emulator.clock.now(), wall: () => Date.now() };
  const quiet = await serve(stripe, { clock });
  const payer = await buyFrom(emulator, quiet, { name: "Ann", trial: false });
  const trier = await buyFrom(emulator, quiet, { name: "Bob", trial: true });
  const leaver = (await atCheckout(quiet.url, "Cat")).user;
  for (const { id } of [payer, trier])
    expect(await stored(quiet, id)).toMatchObject({ subscription_status: "free" });

  const server = await serve(stripe, {
    clock,
    database: quiet.database,
    env: { ...OFTEN, APP_URL: quiet.url },
  });
  await becomes(server, payer.id, { subscription_status: "paid", xp: 250 });
  await becomes(server, trier.id, { subscription_status: "trial", xp: 0, trial_used: true });
  expect(await stored(server, leaver.id)).toMatchObject({ subscription_status: "free", trial_used: false });
  await vi.waitFor(
    async () => {
      const rows = await server.database
        .sql`select type, source, outcome from webhook_events where user_id = ${payer.id}`;
      expect(rows.map((row) => row["type"])).toEqual(
        expect.arrayContaining([
          "checkout.session.completed",
          "customer.subscription.created",
          "invoice.paid",
        ]),
      );
      for (const row of rows) expect(row).toMatchObject({ source: "backfill", outcome: "processed" });
    },
    { timeout: 30_000, interval: 100 },
  );
  expect(await server.database.sql`select 1 from webhook_events where outcome = 'dead'`).toHaveLength(0);
  const metrics = await fetch(`http://127.0.0.1:${server.port}/metrics`);
  const text = await metrics.text();
  expect(metrics.status).toBe(200);
  expect(text).toMatch(/liveassist_drift_total\{cause="missing_here"\} 2/);
  expect(text).toMatch(/liveassist_walks_total\{outcome="finished"\} \d+/);
  expect(text).toMatch(/liveassist_events_backfilled_total\{endpoint="silent"\} \d+/);
});

const json = (status: number, message: string): ReturnType<Fault> => ({
  status,
  body: { error: { type: status === 429 ? "rate_limit_error" : "invalid_request_error", message } },
});
const isAccountWide = ({ path, params }: Parameters<Fault>[0]) =>
  path === "/v1/subscriptions" && params["customer"] === undefined;

test.for([
  { what: "does not know them (501)", answer: json(501, "Not implemented") },
  {
    what: "answers them emptily",
    answer: { status: 200, body: { object: "list", data: [], has_more: false } },
  },
])("a Stripe that $what: after one walk every state is right", async ({ answer }) => {
  const stub = await withStub();
  stub.fault = (call) => (isAccountWide(call) ? answer : null);
  const quiet = await serve(stub);
  const buyers = [];
  for (const name of ["Ann", "Bob"]) {
    const { user, sessionId } = await atCheckout(quiet.url, name);
    buyers.push({ user, ...paidAt(stub, sessionId) });
  }
  const server = await serve(stub, { database: quiet.database, env: { ...OFTEN, APP_URL: quiet.url } });
  for (const { user } of buyers) await becomes(server, user.id, { subscription_status: "paid", xp: 250 });
  const [ended] = buyers;
  Object.assign(ended?.subscription ?? {}, { status: "canceled", ended_at: Math.floor(Date.now() / 1000) });
  await becomes(server, ended?.user.id ?? "", { subscription_status: "free" });
});

test("429 in the middle of the list: the walk waits, goes on, and nothing is taken for ended", async () => {
  const stub = await withStub();
  stub.mostPerPage = 1;
  const quiet = await serve(stub);
  const users: BrowserUser[] = [];
  for (const name of ["Ann", "Bob", "Cat"]) {
    const { user, sessionId } = await atCheckout(quiet.url, name);
    paidAt(stub, sessionId);
    users.push(user);
  }
  let limited = 0;
  stub.fault = (call) => {
    if (!isAccountWide(call) || call.params["starting_after"] === undefined || limited >= 3) return null;
    limited += 1;
    return json(429, "slow down");
  };
  const server = await serve(stub, { database: quiet.database, env: { ...OFTEN, APP_URL: quiet.url } });
  for (const { id } of users) await becomes(server, id, { subscription_status: "paid", xp: 250 });
  expect(limited).toBe(3);
});

test("two servers on one database walk in turn: never two at once, never twice as often", async () => {
  const stub = await withStub();
  const one = await serve(stub, { env: OFTEN });
  const two = await serve(stub, { database: one.database, env: { ...OFTEN, APP_URL: one.url } });
  await vi.waitFor(async () => expect(await walksEnded(two)).toBeGreaterThan(3), {
    timeout: 30_000,
    interval: 100,
  });
  const walks = await one.database.sql<{ began: number; ended: number }[]>`select
    (extract(epoch from started_at) * 1000)::float8 as began, (extract(epoch from finished_at) * 1000)::float8 as ended
    from reconcile_walks where state = 'finished' order by id`;
  let early = 0;
  for (const [at, { began }] of walks.entries()) {
    const before = walks[at - 1];
    if (!before) continue;
    expect(began).toBeGreaterThanOrEqual(before.ended);
    if (began - before.began < 1_000) early += 1;
  }
  // A server that has just started walks soon: the second one, wherever in the row the first is by then.
  expect(early).toBeLessThanOrEqual(1);
});

test("a server that stops in the middle of a walk stops at once, and another goes on", async () => {
  const stub = await withStub();
  const quiet = await serve(stub);
  const { user, sessionId } = await atCheckout(quiet.url, "Ann");
  paidAt(stub, sessionId);
  const asked = Promise.withResolvers<void>();
  stub.fault = (call) => {
    if (!isAccountWide(call)) return null;
    asked.resolve();
    return "hang";
  };
  const stopped = await startApp({
    stripe: stub,
    database: quiet.database,
    env: { ...OFTEN, APP_URL: quiet.url },
  });
  await asked.promise;
  const began = Date.now();
  await stopped.stop();
  expect(Date.now() - began).toBeLessThan(5_000);
  expect(await stored(quiet, user.id)).toMatchObject({ subscription_status: "free" });
  stub.fault = () => null;
  const server = await serve(stub, { database: quiet.database, env: { ...OFTEN, APP_URL: quiet.url } });
  await becomes(server, user.id, { subscription_status: "paid", xp: 250 });
  await vi.waitFor(async () => expect(await walksEnded(server)).toBeGreaterThan(0), {
    timeout: 10_000,
    interval: 50,
  });
  const [first] = await server.database
    .sql`select min(id)::int as id from reconcile_walks where state = 'finished'`;
  expect(first).toEqual({ id: 1 });
});
