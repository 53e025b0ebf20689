import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { BrowserUser, PASSWORD } from "../support/browser-user.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";

type Json = Record<string, unknown>;
const SECRET = "whsec_care";
const DAY = 86_400_000;
let emulator: Emulator;
let server: StartedApp;
/** A second server on the same database. */
let other: StartedApp;

beforeAll(async () => {
  emulator = await startEmulator({ seed: 5 });
  const stripe = { url: emulator.url, secret: SECRET };
  const clock = { now: () => emulator.clock.now(), wall: () => Date.now() };
  server = await startApp({ stripe, clock });
  other = await startApp({ stripe, clock, database: server.database, env: { APP_URL: server.url } });
  emulator.addEndpoint(`${server.url}/api/webhooks/stripe`, { secret: SECRET });
});
afterEach(() => emulator.chaos.clear());
afterAll(async () => {
  await other.stop();
  await server.stop();
  await emulator.close();
});

/** Signs up, pays for a month, and is Premium. */
async function payer(name: string): Promise<BrowserUser> {
  const user = await new BrowserUser(server.url).signUp(name);
  await buy(user);
  return user;
}
async function buy(user: BrowserUser, trial = false): Promise<void> {
  const { body, status } = await user.post("/api/subscriptions/create-checkout", { trial });
  expect(status).toBe(200);
  await emulator.completeCheckout(String(body["sessionId"]));
  const after = await user.post("/api/subscriptions/confirm", { sessionId: body["sessionId"] });
  expect(after.body).toMatchObject({ subscription_status: trial ? "trial" : "paid" });
}
/** Every mail to an address, whichever server sent it. */
async function mailsTo(to: string): Promise<string[]> {
  const found: string[] = [];
  for (const { dataDir } of [server, other]) {
    const folder = join(dataDir, "mail");
    const files = await readdir(folder).catch(() => []);
    for (const file of files.filter((name) => name.endsWith(".txt")))
      found.push(await readFile(join(folder, file), "utf8"));
  }
  return found.filter((text) => text.includes(`To: ${to}\n`));
}
const mailsAbout = async (to: string, subject: RegExp) =>
  (await mailsTo(to)).filter((text) => subject.test(/^Subject: (.*)$/m.exec(text)?.[1] ?? ""));
const events = (type: string) => emulator.events().filter((event) => event.type === type);
const refundsFor = async (user: BrowserUser) => {
  const rows = await server.database.sql`select customer_id from stripe_customers where user_id = ${user.id}`;
  const customers = new Set(rows.map((row) => row["customer_id"] as string));
  return events("charge.refunded").filter((event) =>
    customers.has((event.data.object as unknown as { customer: string }).customer),
  );
};
const subscriptionOf = async (user: BrowserUser): Promise<Json> => {
  const [row] = await server.database
    .sql`select provider_subscription_id as id from subscriptions where user_id = ${user.id}
    order by stripe_created_at desc, created_at desc`;
  return emulator.get(String(row?.["id"])) as unknown as Json;
};
/** Somebody else uses Stripe: the dashboard, or a person of ours. */
async function atStripe(path: string, body: Record<string, string>): Promise<Json> {
  const headers = { authorization: "Bearer sk_test_123" };
  const answer = await fetch(emulator.url + path, {
    method: "POST",
    headers,
    body: new URLSearchParams(body),
  });
  const json = (await answer.json()) as Json;
  if (!answer.ok) throw new Error(JSON.stringify(json));
  return json;
}
const statement = (user: BrowserUser) => ({ name: "Anna Andersson", email: user.email });
const eventually = { timeout: 20_000, interval: 50 };

test("a paid month is withdrawn from: cancelled and refunded once at Stripe, Premium gone in the other tab, receipts in the mail", async () => {
  const user = await payer("Anna");
  const tab = await (await user.elsewhere()).openTab(Number((await user.me())["version"]));
  expect((await user.get("/api/subscriptions/withdrawal")).body).toMatchObject({ state: "possible" });
  const { status, body } = await user.post("/api/subscriptions/withdraw", statement(user));
  expect(status).toBe(200);
  expect(body).toMatchObject({ state: "received", refund: { amount_ore: 3900, currency: "sek" } });
  const done = { ...body, refund: { ...(body["refund"] as Json), state: "done" } };
  await vi.waitFor(
    async () => expect((await user.get("/api/subscriptions/withdrawal")).body).toMatchObject(done),
    eventually,
  );
  const heard = await tab.until((all) => all.some((one) => one.subscription_status === "free"));
  expect(heard.at(-1)).toMatchObject({ stripe_status: "canceled", subscription_expiry: null });
  await tab.close();
  expect(await subscriptionOf(user)).toMatchObject({ status: "canceled" });
  expect((await user.post("/api/subscriptions/withdraw", statement(user))).body).toEqual(done);
  await emulator.settled();
  expect(await refundsFor(user)).toHaveLength(1);
  await vi.waitFor(async () => {
    const [receipt, ...more] = await mailsAbout(user.email, /^Receipt: your withdrawal/);
    expect(more).toEqual([]);
    expect(receipt).toContain("Anna Andersson");
    expect(receipt).toContain(String((body["contract"] as Json)["id"]));
    expect(await mailsAbout(user.email, /refund/i)).toHaveLength(1);
  }, eventually);
  await buy(user);
});

test("two tabs on two servers withdraw at the same moment: one statement, one refund, one receipt", async () => {
  const user = await payer("Bo");
  const there = await user.elsewhere(other.url.replace(/:\d+$/, `:${other.port}`));
  const answers = await Promise.all(
    [user, there, user, there].map((one) => one.post("/api/subscriptions/withdraw", statement(user))),
  );
  for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { state: "received" } });
  await vi.waitFor(async () => {
    expect(await refundsFor(user)).toHaveLength(1);
    expect((await user.get("/api/subscriptions/withdrawal")).body).toMatchObject({
      refund: { state: "done" },
    });
    expect(await mailsAbout(user.email, /^Receipt: your withdrawal/)).toHaveLength(1);
  }, eventually);
});

test("Stripe is away: the statement is taken, and when it is back everything is finished, once", async () => {
  const user = await payer("Cia");
  emulator.chaos.set({ rules: [{ fault: "down" }] });
  const { status, body } = await user.post("/api/subscriptions/withdraw", statement(user));
  expect(status).toBe(200);
  expect(body).toMatchObject({ state: "received", refund: { state: "pending" } });
  await vi.waitFor(async () => {
    expect(await mailsAbout(user.email, /^Receipt: your withdrawal/)).toHaveLength(1);
  }, eventually);
  emulator.chaos.clear();
  await vi.waitFor(async () => {
    expect((await user.get("/api/subscriptions/withdrawal")).body).toMatchObject({
      refund: { state: "done" },
    });
    expect(await user.me()).toMatchObject({ subscription_status: "free" });
    expect(await refundsFor(user)).toHaveLength(1);
  }, eventually);
});

test("answers that get lost on the way make no second refund", async () => {
  const user = await payer("Dan");
  emulator.chaos.set({
    rules: [
      { fault: "lost_answer", next: 3, only: ["POST /v1/refunds"] },
      { fault: "lost_answer", next: 1, only: ["DELETE *"] },
    ],
  });
  await user.post("/api/subscriptions/withdraw", statement(user));
  await vi.waitFor(async () => {
    expect((await user.get("/api/subscriptions/withdrawal")).body).toMatchObject({
      refund: { state: "done" },
    });
  }, eventually);
  await emulator.settled();
  expect(await refundsFor(user)).toHaveLength(1);
});

test("our own refund alarms nobody, one by hand does", async () => {
  const alarms = () => server.logs.filter((line) => line["alarm"] === "money_back").length;
  const before = alarms();
  const user = await payer("Ewa");
  await user.post("/api/subscriptions/withdraw", statement(user));
  await vi.waitFor(async () => expect(await refundsFor(user)).toHaveLength(1), eventually);
  await emulator.settled();
  await server.running.inbox.idle();
  expect(alarms()).toBe(before);
  const byHand = await payer("Eva");
  const { customer } = await subscriptionOf(byHand);
  const paid = events("charge.succeeded")
    .map((event) => event.data.object as unknown as Json)
    .find((charge) => charge["customer"] === customer);
  await atStripe("/v1/refunds", { charge: String(paid?.["id"]) });
  await vi.waitFor(() => expect(alarms()).toBe(before + 1), eventually);
});

test("the settings page gets card and receipts, and says so while Stripe is away", async () => {
  const user = await payer("Fia");
  expect((await user.get("/api/subscriptions/billing")).body).toMatchObject({
    available: true,
    card: { brand: "visa", last4: "4242" },
    receipts: [{ amount_ore: 3900, currency: "sek" }],
    open_invoice: null,
  });
  emulator.chaos.set({ rules: [{ fault: "hang", only: ["GET /v1/invoices"] }] });
  const began = performance.now();
  expect(await user.get("/api/subscriptions/billing")).toMatchObject({
    status: 200,
    body: { available: false, receipts: [] },
  });
  expect(performance.now() - began).toBeLessThan(6_000);
});

test("everybody may see what is sold", async () => {
  const visitor = await new BrowserUser(server.url).get("/api/site");
  expect(visitor).toMatchObject({
    status: 200,
    body: { offer: { amount_ore: 3900, currency: "sek", trial_days: 5, trial_requires_card: true } },
  });
});

describe("deleting an account", () => {
  const remove = (user: BrowserUser, password = PASSWORD) =>
    user.post("/api/users/delete-account", { password });

  test("with Stripe away is a 503, and nothing is changed", async () => {
    const user = await payer("Gun");
    const before = await user.me();
    emulator.chaos.set({ rules: [{ fault: "down" }] });
    expect(await remove(user)).toMatchObject({ status: 503, body: { code: "STRIPE_UNAVAILABLE" } });
    emulator.chaos.clear();
    expect(await user.me()).toEqual(before);
    expect(await subscriptionOf(user)).toMatchObject({ status: "active" });
    expect((await user.elsewhere()).id).toBe(user.id);
    expect(await mailsAbout(user.email, /deleted/)).toEqual([]);
  });

  test("cancels at Stripe, ends every login and socket on every server, and frees the address", async () => {
    const user = await payer("Hal");
    const { email } = user;
    const there = await user.elsewhere(other.url.replace(/:\d+$/, `:${other.port}`));
    there.origin = server.url;
    const tab = await there.openTab();
    const closed = () =>
      other.logs.some((line) => line["msg"] === "socket closed" && line["userId"] === user.id);
    expect(await remove(user, "not the password")).toMatchObject({ status: 403 });
    expect(await remove(user)).toMatchObject({ status: 200, body: { deleted: true } });
    expect(await subscriptionOf(user)).toMatchObject({ status: "canceled" });
    await vi.waitFor(() => expect(closed()).toBe(true), eventually);
    await tab.close();
    for (const one of [user, there])
      await vi.waitFor(async () => expect((await one.get("/api/users/me")).status).toBe(401), eventually);
    const visitor = new BrowserUser(server.url);
    const signIn = { email, password: PASSWORD };
    expect((await visitor.post("/api/auth/sign-in/email", signIn)).status).toBe(401);
    await vi.waitFor(async () => expect(await mailsAbout(email, /deleted/)).toHaveLength(1), eventually);
    expect((await visitor.post("/api/auth/sign-up/email", { ...signIn, name: "Hal" })).status).toBe(200);
    expect(await visitor.me()).toMatchObject({ subscription_status: "free", xp: 0 });
    const rows = await server.database.sql`select * from users where id = ${user.id}`;
    expect(JSON.stringify(rows)).not.toContain(email);
  });
});

test("a pause ends when it can be paid, and asks for a card when it cannot", async () => {
  const user = await new BrowserUser(server.url).signUp("Ida");
  await buy(user);
  const id = String((await subscriptionOf(user))["id"]);
  await atStripe(`/v1/subscriptions/${id}/pause`, { type: "subscription" });
  await emulator.clock.advance(DAY);
  expect((await user.post("/api/subscriptions/refresh")).body).toMatchObject({
    stripe_status: "paused",
    subscription_status: "free",
  });
  expect(await user.post("/api/subscriptions/resume")).toMatchObject({
    status: 200,
    body: { stripe_status: "active", subscription_status: "paid" },
  });
  const customer = String((await subscriptionOf(user))["customer"]);
  const card = await atStripe("/v1/payment_methods/pm_card_chargeCustomerFail/attach", { customer });
  await atStripe(`/v1/subscriptions/${id}`, { default_payment_method: String(card["id"]) });
  await atStripe(`/v1/subscriptions/${id}/pause`, { type: "subscription" });
  for (const _ of [1, 2])
    expect(await user.post("/api/subscriptions/resume")).toMatchObject({
      status: 409,
      body: { code: "PAYMENT_NEEDS_ATTENTION" },
    });
  const open = emulator.events().filter((event) => event.type === "invoice.payment_failed");
  expect(new Set(open.map((event) => (event.data.object as { id?: string }).id)).size).toBe(1);
});
