import { afterEach, beforeEach, expect, test } from "vitest";
import { otherServer } from "../../test/support/other-server.ts";
import { MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Deps } from "../deps.ts";
import { tellIncidents } from "./tell-incidents.ts";
import { createWatchMemory, type WatchMemory, watch } from "./watch.ts";

const SECOND = 1_000;
const EVERY = 10 * SECOND;

let world: TestWorld;
let memory: WatchMemory;
beforeEach(async () => {
  world = await openWorld();
  memory = createWatchMemory();
});
afterEach(() => world.close());

/** So many evaluations, ten seconds apart. */
async function look(times: number, deps: Deps = world.deps, by: WatchMemory = memory): Promise<void> {
  for (let turn = 0; turn < times; turn++) {
    world.clock.advance(EVERY);
    await watch(deps, by);
  }
}

const flag = () => world.database.sql`
  insert into billing_flags (id, kind, user_id, object_id, found_at)
  select gen_random_uuid(), 'refund', id, 'ch_1', created_at from users limit 1`;
const resolve = () => world.database.sql`update billing_flags set resolved_at = found_at`;
const incidents = () => world.database.sql`select * from incidents order by id`;

test("what passes within one evaluation wakes nobody", async () => {
  await world.user();
  await look(1);
  await flag();
  await look(1);
  await resolve();
  await look(5);
  expect(await incidents()).toEqual([]);
  expect(world.alarms()).toEqual([]);
  expect(world.alerts).toEqual([]);
});

test("an alert opens once, is told once, and its end is told once", async () => {
  await world.user();
  await flag();
  await look(30);
  expect(world.alarms()).toEqual(["flags_waiting"]);
  expect(world.gauges.get('liveassist_incidents_open{"alert":"flags_waiting","severity":"ticket"}')).toBe(1);
  expect(world.gauges.get('liveassist_indicator{"name":"open_flags"}')).toBe(1);
  await resolve();
  await look(30);
  expect(world.alarms()).toEqual(["flags_waiting"]);
  expect(world.alerts).toEqual([
    "🔴 flags_waiting (ticket): A refund, a dispute or a double payment waits for somebody to look at it.\n" +
      "open_flags is 1, above 0, since 2026-11-21 12:00:20 UTC.\n" +
      "Console: http://localhost:3000/operations · Runbook: docs/operations/runbook.md#flags_waiting",
    "🟢 flags_waiting is over. It lasted from 2026-11-21 12:00:20 UTC to 2026-11-21 12:05:30 UTC.\n" +
      "Console: http://localhost:3000/operations · Runbook: docs/operations/runbook.md#flags_waiting",
  ]);
  expect(world.gauges.get('liveassist_incidents_open{"alert":"flags_waiting","severity":"ticket"}')).toBe(0);
  expect(await incidents()).toMatchObject([{ alert: "flags_waiting", next_tell_at: null, tell_attempts: 0 }]);
});

test("what comes and goes between evaluations stays one incident", async () => {
  await world.user();
  await flag();
  await look(2);
  for (let turn = 0; turn < 5; turn++) {
    await resolve();
    await look(2);
    await world.database.sql`update billing_flags set resolved_at = null`;
    await look(1);
  }
  expect(await incidents()).toHaveLength(1);
  expect(world.alerts).toHaveLength(1);
});

test("two servers that look at the same time tell once", async () => {
  const other = otherServer(world.deps, { serverId: "server_2" });
  const others = createWatchMemory();
  await world.user();
  await flag();
  for (let turn = 0; turn < 10; turn++) await Promise.all([look(1), look(1, other, others)]);
  await resolve();
  for (let turn = 0; turn < 10; turn++) await Promise.all([look(1), look(1, other, others)]);
  expect(await incidents()).toHaveLength(1);
  expect(world.alarms()).toEqual(["flags_waiting"]);
  expect(world.alerts.map((text) => text.slice(0, 2))).toEqual(["🔴", "🟢"]);
  await other.replies.stop();
});

test("many servers that tell at the same moment tell once", async () => {
  await world.user();
  await flag();
  await look(2, { ...world.deps, alerts: { send: () => Promise.reject(new Error("down")) } });
  world.clock.advance(MINUTE);
  await Promise.all(Array.from({ length: 8 }, () => tellIncidents(world.deps)));
  expect(world.alerts).toHaveLength(1);
});

test("a server that starts while an alert fires goes on with it and closes it", async () => {
  await world.user();
  await flag();
  await look(2);
  memory = createWatchMemory();
  await look(2);
  await resolve();
  memory = createWatchMemory();
  await look(3);
  expect(await incidents()).toMatchObject([{ closed_at: expect.anything() }]);
  expect(world.alerts).toHaveLength(2);
});

/** An alert webhook that does not answer until told to. */
function deafWebhook() {
  const heard: string[] = [];
  const port = { isDown: true, tries: 0 };
  const alerts = {
    async send(text: string): Promise<void> {
      port.tries += 1;
      if (port.isDown) throw new Error("the alert webhook answered 503");
      heard.push(text);
    },
  };
  return { port, heard, deps: { ...world.deps, alerts } satisfies Deps };
}

test("an alert webhook that is down is tried again, ever more seldom, and the console is right meanwhile", async () => {
  const { port, heard, deps } = deafWebhook();
  const admin = await world.user("admin");
  await flag();
  await look(62, deps);
  expect(port.tries).toBeGreaterThan(4);
  expect(port.tries).toBeLessThan(12);
  expect((await world.as(admin).operations.listIncidents({})).incidents).toMatchObject([
    {
      alert: "flags_waiting",
      closed_at: null,
      told_open_at: null,
      last_tell_error: expect.stringContaining("503"),
    },
  ]);
  port.isDown = false;
  await look(31, deps);
  expect(heard).toHaveLength(1);
  expect((await world.as(admin).operations.listIncidents({ open: true })).incidents).toMatchObject([
    { told_open_at: expect.any(String), last_tell_error: null },
  ]);
  expect(world.counts.filter(({ name }) => name === "liveassist_alerts_sent_total").at(-1)?.labels).toEqual({
    outcome: "sent",
  });
});

test("what ended before anybody could be told is told once, as over", async () => {
  const { port, heard, deps } = deafWebhook();
  await world.user();
  await flag();
  await look(2, deps);
  await resolve();
  await look(5, deps);
  port.isDown = false;
  await look(40, deps);
  expect(heard).toEqual([
    expect.stringMatching(/^🟢 flags_waiting was here and is over, from .* could not be told before/),
  ]);
});

test("nobody is told for ever of what has long been over", async () => {
  const { port, deps } = deafWebhook();
  await world.user();
  await flag();
  await look(2, deps);
  await resolve();
  await look(5, deps);
  world.clock.advance(25 * 60 * MINUTE);
  await look(1, deps);
  const { tries } = port;
  world.clock.advance(60 * MINUTE);
  await look(1, deps);
  expect(port.tries).toBe(tries);
});

test("the end of an alert waits for its beginning to be told", async () => {
  const told: string[] = [];
  const sending = Promise.withResolvers<void>();
  const claimed = Promise.withResolvers<void>();
  const alerts = {
    async send(text: string): Promise<void> {
      claimed.resolve();
      if (told.length === 0) await sending.promise;
      told.push(text.slice(0, 2));
    },
  };
  const deps: Deps = { ...world.deps, alerts };
  await world.user();
  await flag();
  await look(1, deps);
  const opening = look(1, deps);
  await claimed.promise;
  await resolve();
  const other: WatchMemory = { streaks: { flags_waiting: -2 } };
  await look(1, world.deps, other);
  expect(await incidents()).toMatchObject([{ closed_at: expect.anything(), told_open_at: null }]);
  sending.resolve();
  await opening;
  await look(1, deps);
  expect(told).toEqual(["🔴", "🟢"]);
});

test("without an alert webhook the log and the console tell", async () => {
  const deps: Deps = { ...world.deps, alerts: null };
  await world.user();
  await flag();
  await look(2, deps);
  await resolve();
  await look(3, deps);
  expect(world.alarms()).toEqual(["flags_waiting"]);
  expect(await incidents()).toMatchObject([{ told_open_at: null, next_tell_at: null }]);
});

test("an incident of an alert that this version does not know is closed", async () => {
  await world.database.sql`insert into incidents (alert, severity, value, threshold, opened_at, last_seen_at)
    values ('of_old', 'page', 1, 0, now(), now())`;
  await look(1);
  expect(await incidents()).toMatchObject([{ alert: "of_old", closed_at: expect.anything() }]);
});

test("another threshold holds when it is set", async () => {
  const deps: Deps = {
    ...world.deps,
    settings: { ...world.deps.settings, alertThresholds: { flags_waiting: 1 } },
  };
  await world.user();
  await flag();
  await look(5, deps);
  expect(await incidents()).toEqual([]);
});
