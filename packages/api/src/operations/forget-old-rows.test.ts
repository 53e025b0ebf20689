import {
  adminActions,
  authSessions,
  authVerifications,
  checkoutAttempts,
  incidents,
  jobStates,
  minuteCounts,
  servers,
  trail,
  uploads,
  usage,
} from "@liveassist/db/schema";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { forgetOldRows } from "./forget-old-rows.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const daysAgo = (days: number) => new Date(world.clock.wall() - days * DAY);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

test("traces go when their time is up, in batches, and what is younger stays", async () => {
  const { db } = world.deps;
  await db.execute(sql`insert into trail (user_id, kind, at, detail)
    select 'u', 'sync', ${daysAgo(91).toISOString()}::timestamptz, '{}' from generate_series(1, 2500)`);
  await db.insert(trail).values({ userId: "u", kind: "ack", at: daysAgo(89), detail: {} });
  for (const days of [31, 29])
    await db.insert(minuteCounts).values({ minute: daysAgo(days), name: "x", label: "", n: 1 });
  for (const days of [731, 729])
    await db.insert(adminActions).values({ at: daysAgo(days), action: "admin.replayEvent", input: {} });
  for (const days of [8, 6]) {
    const serverId = `s${days}`;
    const [startedAt, seenAt] = [daysAgo(days), daysAgo(days)];
    await db.insert(servers).values({ serverId, startedAt, seenAt, sockets: 0, tailLagMs: 0 });
    await db.insert(jobStates).values({ job: "inbox", serverId, everyMs: 1_000, seenAt });
  }
  expect(await forgetOldRows(world.deps)).toEqual({
    trail: 2_500,
    minute_counts: 1,
    admin_actions: 1,
    servers: 1,
    job_states: 1,
  });
  expect(await forgetOldRows(world.deps)).toEqual({});
  expect(await db.select().from(trail)).toHaveLength(1);
});

test("an alert that still fires is kept, however old", async () => {
  const { db } = world.deps;
  const fired = { severity: "page", value: 1, threshold: 0, openedAt: daysAgo(500) } as const;
  await db.insert(incidents).values([
    { ...fired, alert: "stripe_away", lastSeenAt: daysAgo(0) },
    { ...fired, alert: "tail_late", lastSeenAt: daysAgo(366), closedAt: daysAgo(366) },
    { ...fired, alert: "job_late", lastSeenAt: daysAgo(364), closedAt: daysAgo(364) },
  ]);
  expect(await forgetOldRows(world.deps)).toEqual({ incidents: 1 });
  expect((await db.select().from(incidents)).map((one) => one.alert).sort()).toEqual([
    "job_late",
    "stripe_away",
  ]);
});

test("ended logins and tokens go, with the address they hold; open ones stay", async () => {
  const { db } = world.deps;
  const { userId } = await world.user();
  for (const days of [1, -1]) {
    const expiresAt = daysAgo(days);
    await db.insert(authSessions).values({ id: `l${days}`, token: `t${days}`, userId, expiresAt });
    await db.insert(authVerifications).values({ id: `v${days}`, identifier: "x", value: "y", expiresAt });
  }
  expect(await forgetOldRows(world.deps)).toEqual({ auth_sessions: 1, auth_verifications: 1 });
  expect((await db.select().from(authSessions)).map((one) => one.id)).toEqual(["l-1"]);
});

test("of tries to buy only those go that ended unpaid", async () => {
  const { userId } = await world.user();
  const common = { userId, customerId: "cus_1", priceId: "price_1", trial: false, updatedAt: daysAgo(91) };
  await world.deps.db.insert(checkoutAttempts).values([
    { ...common, id: uuid(1), state: "expired" },
    { ...common, id: uuid(2), state: "expired", updatedAt: daysAgo(89) },
    { ...common, id: uuid(3), state: "settled" },
    { ...common, id: uuid(4), state: "paid" },
    { ...common, id: uuid(5), state: "open" },
  ]);
  expect(await forgetOldRows(world.deps)).toEqual({ checkout_attempts: 1 });
});

test("a unit is kept as long as its picture: trying a reply again has to find it", async () => {
  const { userId } = await world.user();
  const { db } = world.deps;
  const unit = {
    userId,
    day: "2026-01-01",
    state: "released",
    counted: true,
    expiresAt: daysAgo(40),
  } as const;
  await db.insert(usage).values([
    { ...unit, uploadId: uuid(11), createdAt: daysAgo(40) },
    { ...unit, uploadId: uuid(12), createdAt: daysAgo(40) },
    { ...unit, uploadId: uuid(13), createdAt: daysAgo(34) },
  ]);
  await db.insert(uploads).values({
    id: uuid(12),
    userId,
    purpose: "liveassist",
    kind: "image",
    state: "sent",
    filename: "a.png",
    mediaType: "image/png",
    bytes: 1,
    expiresAt: daysAgo(39),
  });
  expect(await forgetOldRows(world.deps)).toEqual({ usage: 1 });
  expect((await db.select().from(usage)).map((one) => one.uploadId).sort()).toEqual([uuid(12), uuid(13)]);
});
