import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { atCheckout, deliver, paidAt } from "../support/deliver.ts";
import { allFinished } from "../support/read-rows.ts";
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

/** Waits until they are gone: a statement that meets one on its way out is not what these tests are about. */
const cutConnections = () => server.database.sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

test("cut database connections are made again by themselves, and nothing acknowledged is lost", {
  timeout: 120_000,
}, async () => {
  for (let round = 0; round < 5; round++) {
    const { user, sessionId } = await atCheckout(server.url, "Cut");
    const tab = await user.openTab(0);
    const { events } = paidAt(stub, sessionId);
    const pending = new Set(events);
    await cutConnections();
    await vi.waitFor(
      async () => {
        for (const event of pending) {
          const { status } = await deliver(server.url, event, { secret: stub.secret });
          if (status === 200) pending.delete(event);
        }
        if (pending.size > 0) throw new Error("not all were taken yet");
      },
      { timeout: 20_000, interval: 50 },
    );
    await cutConnections();
    const ids = events.map((event) => String(event["id"]));
    await allFinished(server.database, ids, 30_000);
    await tab.until((heard) => heard.some((event) => event.subscription_status === "paid"));
    await vi.waitFor(
      async () => expect(await user.me()).toMatchObject({ subscription_status: "paid", xp: 250 }),
      {
        timeout: 10_000,
      },
    );
    expect(tab.events.filter((event) => event.xp_awarded === 250)).toHaveLength(1);
    await tab.close();
  }
});
