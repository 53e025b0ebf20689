import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserUser, type Tab } from "../support/browser-user.ts";
import { buyer, deliver } from "../support/deliver.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

type Json = Record<string, unknown>;
let stub: StripeStub;
let server: StartedApp;
let second: StartedApp;

beforeAll(async () => {
  stub = await new StripeStub().start();
  const stripe = { url: stub.url, secret: stub.secret };
  server = await startApp({ stripe });
  second = await startApp({ stripe, database: server.database, env: { APP_URL: server.url } });
});

afterAll(async () => {
  await second.stop();
  await server.stop();
  await stub.stop();
});

async function tell(...events: Json[]): Promise<void> {
  for (const event of events) {
    expect((await deliver(server.url, event, { secret: stub.secret })).status).toBe(200);
  }
}

/** The subscription's next turn: cancelled for its end, or taken back. */
function turn(subscription: Json, cancels: boolean): Json {
  Object.assign(subscription, { cancel_at_period_end: cancels });
  return stub.event("customer.subscription.updated", subscription);
}

const isCancelled = (tab: Tab) => tab.events.at(-1)?.cancel_at != null;

test("two tabs on two servers hear the same, once, and a tab that was away hears what it missed", async () => {
  const { user, events, subscription } = await buyer(stub, { url: server.url, name: "Ann" });
  const onSecond = await user.elsewhere(`http://127.0.0.1:${second.port}`);
  onSecond.origin = server.url;
  const tabs = [await user.openTab(0), await onSecond.openTab(0)];
  await tell(...events);
  for (const tab of tabs) {
    const [heard] = await tab.until((all) => all.length > 0);
    expect(heard).toMatchObject({ subscription_status: "paid", xp_awarded: 250, userId: user.id });
  }
  await tabs[1]?.close();
  const seen = tabs[1]?.events.at(-1)?.version ?? 0;
  await tell(turn(subscription, true));
  await tabs[0]?.until(() => isCancelled(tabs[0] as Tab));
  await tell(turn(subscription, false));
  await tabs[0]?.until(() => !isCancelled(tabs[0] as Tab));

  const back = await onSecond.openTab(seen);
  await back.until((all) => all.length >= 2);
  expect(back.events).toEqual(tabs[0]?.events.slice(1));
  expect(back.events.map((event) => event.xp_awarded)).toEqual([undefined, undefined]);
  const me = await user.me();
  expect(back.events.at(-1)?.version).toBe(me["version"]);
  await tabs[0]?.close();
  await back.close();
});

test("with the newest id nothing comes; with one that never was, the state as it is, once", async () => {
  const { user, events } = await buyer(stub, { url: server.url, name: "Bob" });
  const first = await user.openTab(0);
  await tell(...events);
  await first.until((all) => all.length > 0);
  await server.running.inbox.idle();
  const me = await user.me();
  const version = Number(me["version"]);
  const silent = await user.openTab(version);
  const unknown = await Promise.all(["999999", -1, "nonsense", version + 1].map((id) => user.openTab(id)));
  for (const tab of unknown) {
    await tab.until((all) => all.length > 0);
    expect(tab.events).toEqual([expect.objectContaining({ subscription_status: "paid", version })]);
    expect(tab.events[0]).not.toHaveProperty("xp_awarded");
  }
  expect(silent.events).toEqual([]);
  for (const tab of [first, silent, ...unknown]) await tab.close();
});

test("nobody else hears of it, not even with another's id as cursor", async () => {
  const { user, events } = await buyer(stub, { url: server.url, name: "Cat" });
  const other = await new BrowserUser(server.url).signUp("Dan");
  const mine = await user.openTab(0);
  const theirs = await other.openTab(0);
  await tell(...events);
  await mine.until((all) => all.length > 0);
  const version = Number((await user.me())["version"]);
  const spying = await other.openTab(version);
  await spying.until((all) => all.length > 0);
  expect(spying.events).toMatchObject([{ userId: other.id, subscription_status: "free", version: 0 }]);
  expect(theirs.events).toEqual([]);
  for (const tab of [mine, theirs, spying]) await tab.close();
});
