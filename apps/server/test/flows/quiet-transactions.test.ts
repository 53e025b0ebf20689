import { listen } from "@liveassist/db";
import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { buyer, deliver } from "../support/deliver.ts";
import { type OverheardDatabase, overhear } from "../support/overheard-database.ts";
import { allFinished } from "../support/read-rows.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

/** What makes a commit wait for every other that does the same: Postgres lets one notifier at a time commit. */
const NOTIFIES = /\b(notify|pg_notify|add_jobs?)\b/i;

let stub: StripeStub;
let database: TestDatabase;
let road: OverheardDatabase;
let server: StartedApp;
beforeAll(async () => {
  stub = await new StripeStub().start();
  database = await createTestDatabase();
  road = await overhear(database.url);
  server = await startApp({
    stripe: { url: stub.url, secret: stub.secret },
    database: { ...database, url: road.url },
  });
});
afterAll(async () => {
  await server.stop();
  await road.close();
  await database.close();
  await stub.stop();
});

const said = (applicationName: string) =>
  road
    .connections()
    .filter((connection) => connection.applicationName === applicationName)
    .map((connection) => connection.said)
    .join("\n");

async function deliverAll(events: Record<string, unknown>[]): Promise<string[]> {
  for (const event of events) await deliver(server.url, event, { secret: stub.secret });
  return events.map((event) => String(event["id"]));
}

test("a purchase from sign-up to badge sends NOTIFY on a connection of its own, and never on those that write", async () => {
  const { user, events } = await buyer(stub, { url: server.url, name: "Fay" });
  const tab = await user.openTab(0);
  await allFinished(database, await deliverAll(events));
  await tab.until((heard) => heard.some((event) => event.subscription_status === "paid"));
  await vi.waitFor(() => expect(NOTIFIES.test(said("liveassist notify"))).toBe(true));
  const written = said("liveassist");
  const tables = [...written.matchAll(/insert into "?(\w+)"?/g)].map(([, table]) => table);
  expect(tables).toEqual(expect.arrayContaining(["webhook_events", "subscriptions", "xp_events", "outbox"]));
  expect(NOTIFIES.exec(written)?.[0]).toBeUndefined();
  const names = new Set(road.connections().map((connection) => connection.applicationName));
  const others = ["liveassist heartbeat", "liveassist listen", "liveassist notify"];
  expect([...names].toSorted()).toEqual(["liveassist", ...others]);
  expect(NOTIFIES.test(said("liveassist heartbeat"))).toBe(false);
});

test("nothing in the database notifies by itself: no trigger, no function, no rule", async () => {
  const functions = await database.sql`select p.proname as name from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname not in ('pg_catalog', 'information_schema') and p.prosrc ~* '(notify|add_job)'`;
  const rules = await database.sql`select rulename as name from pg_rules
    where schemaname not in ('pg_catalog', 'information_schema') and definition ~* 'notify'`;
  expect([...functions, ...rules]).toEqual([]);
});

test("other processes hear of a sync after its commit, not while its transaction is open", async () => {
  const { user, events } = await buyer(stub, { url: server.url, name: "Hal" });
  const heard: string[] = [];
  const listening = await listen(database.url, {
    channel: "liveassist",
    onNotify: (payload) => void heard.push(payload || "nudge"),
  });
  const locked = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holding = database.sql.begin(async (sql) => {
    await sql`select id from users where id = ${user.id} for update`;
    locked.resolve();
    await release.promise;
  });
  await locked.promise;
  try {
    const ids = await deliverAll(events);
    await vi.waitFor(async () => {
      const waiting = await database.sql`select pid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      expect(waiting).not.toEqual([]);
    });
    // Heard in the order of their commits: whatever was sent before this is here when this is.
    await database.sql.notify("liveassist", "still open");
    await vi.waitFor(() => expect(heard).toContain("still open"));
    expect(heard).toEqual(["still open"]);
    release.resolve();
    await holding;
    await allFinished(database, ids);
    await vi.waitFor(() => expect(heard.slice(1)).toContain("nudge"));
  } finally {
    release.resolve();
    await listening.close();
  }
});
