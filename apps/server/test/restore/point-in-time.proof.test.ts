import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDb, migrate } from "@liveassist/db";
import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import { afterAll, expect, test, vi } from "vitest";
import { atCheckout } from "../support/deliver.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { restoreTo, startArchivedCluster } from "./archived-cluster.ts";

const opened: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** A server whose Stripe is the emulator; no webhook reaches it. */
async function serve(url: string, emulator: Emulator, env: Record<string, string> = {}): Promise<StartedApp> {
  const opened = createDb(url, { max: 5 });
  const app = await startApp({
    stripe: { url: emulator.url, secret: "whsec_restore" },
    clock: { now: () => emulator.clock.now(), wall: () => Date.now() },
    database: { ...opened, url },
    env,
  });
  const stop = async () => {
    await app.stop();
    await opened.close();
  };
  return { ...app, stop };
}

/** Signs up, pays, and comes back: what is stored is what Stripe says. */
async function buys(
  app: StartedApp,
  emulator: Emulator,
  { name, trial = false }: { name: string; trial?: boolean },
) {
  const { user, sessionId } = await atCheckout(app.url, name, trial);
  expect((await emulator.completeCheckout(sessionId)).outcome).toBe("complete");
  await user.post("/api/subscriptions/confirm", { sessionId });
  expect((await user.me())["subscription_status"]).toBe(trial ? "trial" : "paid");
  return user;
}

test("a wrecked database is put back to a moment, and one walk makes it what Stripe says", async () => {
  const folder = await mkdtemp(join(tmpdir(), "liveassist-restore-"));
  await chmod(folder, 0o711);
  opened.push(() => rm(folder, { recursive: true, force: true }));
  const emulator = await startEmulator({ seed: 1 });
  opened.push(() => emulator.close());
  const cluster = await startArchivedCluster(folder);
  opened.push(() => cluster.server.stop());
  await migrate(cluster.server.url);
  const before = await serve(cluster.server.url, emulator);

  const early = await buys(before, emulator, { name: "Early" });
  const leaver = await buys(before, emulator, { name: "Leaver" });
  const stranded = await atCheckout(before.url, "Stranded");
  await cluster.baseBackup(join(folder, "restored"));
  const between = await buys(before, emulator, { name: "Between", trial: true });
  const late = await atCheckout(before.url, "Late");
  const moment = await cluster.archivedUntil();

  // What the restore will not know: two payments, an end, and somebody who came only then.
  expect((await emulator.completeCheckout(late.sessionId)).outcome).toBe("complete");
  await late.user.post("/api/subscriptions/confirm", { sessionId: late.sessionId });
  expect((await emulator.completeCheckout(stranded.sessionId)).outcome).toBe("complete");
  await leaver.post("/api/subscriptions/cancel", { when: "now" });
  expect((await leaver.me())["subscription_status"]).toBe("free");
  const newcomer = await buys(before, emulator, { name: "Newcomer" });
  const versionBefore = Number((await late.user.me())["version"]);
  const sql = before.database.sql;
  await sql`delete from xp_events`;
  await sql`delete from provisional_grants`;
  await sql`delete from subscriptions`;
  await sql`update users set subscription_status = 'free', subscription_expiry = null, xp = 0`;
  await cluster.archivedUntil();
  await before.stop();
  await cluster.server.stop();

  const restored = await restoreTo(join(folder, "restored"), cluster.archive, moment);
  opened.push(() => restored.stop());
  const after = createDb(restored.url);
  opened.push(() => after.close());
  const people = await after.sql`select id, subscription_status as plan from users`;
  const planOf = (id: string) => people.find((one) => one["id"] === id)?.["plan"];
  expect([early, leaver, between, late.user, stranded.user].map((one) => planOf(one.id))).toEqual([
    "paid",
    "paid",
    "trial",
    "free",
    "free",
  ]);
  expect(planOf(newcomer.id)).toBeUndefined();

  // The step of data-care.md: pages that are open know newer versions than this database has given out.
  await after.sql`select setval('outbox_id_seq', nextval('outbox_id_seq') + 1000000)`;
  const server = await serve(restored.url, emulator, {
    RECONCILE_EVERY_SECONDS: "1",
    PORT: String(before.port),
    APP_URL: before.url,
  });
  opened.push(() => server.stop());
  const stored = async (id: string) =>
    (await after.sql`select subscription_status as plan, xp, version from users where id = ${id}`)[0];
  const becomes = (id: string, expected: object) =>
    vi.waitFor(async () => expect(await stored(id)).toMatchObject(expected), {
      timeout: 60_000,
      interval: 100,
    });
  await becomes(late.user.id, { plan: "paid", xp: 250 });
  await becomes(stranded.user.id, { plan: "paid", xp: 250 });
  await becomes(leaver.id, { plan: "free", xp: 250 });
  await becomes(early.id, { plan: "paid", xp: 250 });
  await becomes(between.id, { plan: "trial", xp: 0 });
  expect(Number((await stored(late.user.id))?.["version"])).toBeGreaterThan(versionBefore);

  // Whoever signed up after the moment is gone here and pays at Stripe: that is said, and never silently so.
  await vi.waitFor(
    async () => {
      const open = await after.sql`select cause from drifts where repaired_at is null`;
      expect(open.map((one) => one["cause"])).toContain("customer_unbound");
    },
    { timeout: 60_000, interval: 100 },
  );
  expect(await after.sql`select 1 from users where subscription_status <> 'free'`).toHaveLength(4);
});
