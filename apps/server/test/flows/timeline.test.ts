import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";

const SECRET = "whsec_timeline";
let emulator: Emulator;
let server: StartedApp;

beforeAll(async () => {
  emulator = await startEmulator({ seed: 11 });
  const clock = { now: () => emulator.clock.now(), wall: () => Date.now() };
  server = await startApp({ stripe: { url: emulator.url, secret: SECRET }, clock });
  emulator.addEndpoint(`${server.url}/api/webhooks/stripe`, { secret: SECRET });
});
afterAll(async () => {
  await server.stop();
  await emulator.close();
});

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly what: string;
  readonly ids: Record<string, string>;
  readonly detail: Record<string, unknown>;
}

async function operator(): Promise<BrowserUser> {
  const user = await new BrowserUser(server.url).signUp("Operator");
  await server.database.sql`update users set role = 'admin' where id = ${user.id}`;
  // Who somebody is, is remembered for each login.
  return user.elsewhere();
}

test("a purchase is told from the payment to the page that showed it, with its socket, in this order", async () => {
  const admin = await operator();
  const user = await new BrowserUser(server.url).signUp("Tilda");
  const tab = await user.openTab(0);
  const checkout = await user.post("/api/subscriptions/create-checkout", { trial: false });
  await emulator.completeCheckout(String(checkout.body["sessionId"]));
  const [news] = await tab.until((heard) => heard.some((one) => one.subscription_status === "paid"));
  const version = news?.version ?? 0;
  await tab.acknowledge(version);
  await tab.acknowledge(version);
  await emulator.settled();
  await server.running.inbox.idle();

  const kinds = ["checkout", "payment", "event", "sync", "change", "push", "ack"];
  const story = async (): Promise<Entry[]> => {
    const answer = await admin.post("/api/admin/users/timeline", { userId: user.id, kinds, limit: 200 });
    expect(answer.status).toBe(200);
    // The customer was made, and its events came, before there was anything to pay.
    const isPurchase = (one: Entry) => one.kind !== "event" || one.ids["subscription"] !== undefined;
    return (answer.body["entries"] as Entry[]).filter(isPurchase).toReversed();
  };
  const entries = await vi.waitFor(async () => {
    const all = await story();
    expect(all.filter((one) => one.kind === "ack")).toHaveLength(1);
    return all;
  });

  const firstOf = (kind: string) => entries.findIndex((one) => one.kind === kind);
  const places = kinds.map(firstOf);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBe(0);
  expect(Math.min(...places)).toBeGreaterThanOrEqual(0);

  const push = entries[firstOf("push")];
  const pushed = server.logs.find((line) => line["msg"] === "pushed" && line["version"] === version);
  expect(push?.ids).toEqual({ version: String(version), socket: pushed?.["socketId"] });
  expect(entries[firstOf("ack")]?.ids).toEqual(push?.ids);
  const change = entries[firstOf("change")];
  expect(change).toMatchObject({
    ids: { version: String(version) },
    detail: { subscription_status: "paid" },
  });
  const changing = entries.find((one) => one.kind === "sync" && one.ids["version"] === String(version));
  expect(changing).toMatchObject({
    what: "changed",
    detail: { before: "free", after: "paid", xpAwarded: 250 },
  });
  expect(entries[firstOf("payment")]).toMatchObject({
    what: "paid",
    detail: { seconds: expect.any(Number) },
  });
  expect(JSON.stringify(entries)).not.toContain(user.email);

  const metrics = await server.running.metrics.read();
  expect(metrics).toMatch(/liveassist_activation_seconds_count 1\b/);
  expect(metrics).toMatch(/liveassist_acknowledgements_total 1\b/);
  await tab.close();
});

test("what a page says it shows must be a version of its own user", async () => {
  const user = await new BrowserUser(server.url).signUp("Ulla");
  const tab = await user.openTab(0);
  await expect(tab.acknowledge(4_711)).rejects.toThrow(/never a version of yours/);
  await tab.close();
});
