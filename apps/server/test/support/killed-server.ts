import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@liveassist/db/embedded";
import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";
import { expect } from "vitest";
import type { Tab } from "./browser-user.ts";
import { atCheckout, deliver, paidAt } from "./deliver.ts";
import { allFinished } from "./read-rows.ts";
import { runServer, type ServerProcess } from "./server-process.ts";
import { StripeStub } from "./stripe-stub.ts";

/** What the server is killed at: called as soon as it is armed, it calls `kill` at its moment, once. */
export type Moment = (watched: { server: ServerProcess; stub: StripeStub; kill: () => void }) => void;

/** A server in a process of its own that is killed and started again on the same port and database. */
export interface Killed {
  readonly database: TestDatabase;
  /** Buyers with a tab each; their events are sent, the server dies at the moment, is started again and is told the rest. */
  round(moment: Moment, buyers: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts stub, database and the server's process. */
export async function startToKill(): Promise<Killed> {
  const stub = await new StripeStub().start();
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "liveassist-kill-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const environment = {
    PORT: String(port),
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    STRIPE_SECRET_KEY: "sk_test_123",
    STRIPE_WEBHOOK_SECRET: stub.secret,
    STRIPE_API_BASE: stub.url,
    RATE_LIMITS: "off",
  };
  let server = runServer(environment);
  await server.logged("listening");

  async function round(moment: Moment, buyers: number): Promise<void> {
    const people = await Promise.all(
      Array.from({ length: buyers }, async (_, index) => {
        // Everybody is at Stripe's page with a tab open when the payments happen: only events tell of them.
        const opened = await atCheckout(url, `Buyer${index}`);
        return { ...opened, tab: await opened.user.openTab(0) };
      }),
    );
    const events = people.flatMap(({ sessionId }) => paidAt(stub, sessionId).events);
    const acknowledged: string[] = [];
    const dying = server;
    moment({ server: dying, stub, kill: () => dying.child.kill("SIGKILL") });
    const unsent = await sendAll(events);
    dying.child.kill("SIGKILL");
    await dying.exit;
    stub.fault = () => null;

    const stored =
      await database.sql`select event_id from webhook_events where event_id = any(${acknowledged})`;
    expect(stored, "acknowledged and lost").toHaveLength(acknowledged.length);
    server = runServer(environment);
    await server.logged("listening");
    // Stripe delivers again what was not acknowledged, and nothing else.
    expect(await sendAll(unsent)).toEqual([]);
    await allFinished(
      database,
      events.map(({ id }) => String(id)),
    );
    for (const { user, tab } of people) {
      await tab.until((heard) => heard.some((event) => event.subscription_status === "paid"));
      expectToldOnce(tab, await user.me());
      await tab.close();
    }
    await expectGrantedOnce(people.map(({ user }) => user.id));

    /** Posts all at once; answers those that were not acknowledged. */
    async function sendAll<T extends object>(batch: readonly T[]): Promise<T[]> {
      const answers = await Promise.allSettled(
        batch.map((event) => deliver(url, event, { secret: stub.secret })),
      );
      return batch.filter((event, at) => {
        const answer = answers[at];
        const isTaken = answer?.status === "fulfilled" && answer.value.status === 200;
        if (isTaken) acknowledged.push(String((event as { id?: unknown }).id));
        return !isTaken;
      });
    }
  }

  async function expectGrantedOnce(userIds: string[]): Promise<void> {
    const rows = await database.sql`select u.id, u.subscription_status, u.stripe_status, u.xp,
      (select count(*)::int from xp_events x where x.user_id = u.id) as grants,
      (select count(*)::int from subscriptions s where s.user_id = u.id) as subscriptions
      from users u where u.id = any(${userIds})`;
    for (const row of rows) {
      expect(row).toMatchObject({
        subscription_status: "paid",
        stripe_status: "active",
        xp: 250,
        grants: 1,
        subscriptions: 1,
      });
    }
    expect(rows).toHaveLength(userIds.length);
  }

  return {
    database,
    round,
    async stop() {
      await server.kill();
      await database.close();
      await stub.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every version at most once, in order, the last one the truth; the XP in exactly one. */
function expectToldOnce(tab: Tab, me: Record<string, unknown>): void {
  const versions = tab.events.map(({ version }) => version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  expect(tab.events.at(-1)).toMatchObject({ subscription_status: "paid", xp: 250, version: me["version"] });
  expect(tab.events.filter((event) => event.xp_awarded === 250)).toHaveLength(1);
}
