import { createDb, type Database } from "@liveassist/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillLedger } from "../../test/support/million-events.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor, Deps } from "../deps.ts";
import { createCaller } from "../root.ts";
import { toCursor } from "./page-cursor.ts";

const EVENTS = 1_000_000;
/** The issue's own figure. */
const MOST_MS = 100;
const RUNS = 7;
/** A page is fifty rows: what reads more than so many blocks of 8 kB to find them has no index for what it looks for. */
const MOST_BLOCKS = 2_500;

let world: TestWorld;
let one: Database;
let admin: Actor;
let deps: Deps;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
  // One connection, so that it can be asked what its last statements read.
  one = createDb(world.database.url, { max: 1 });
  deps = { ...world.deps, db: one.db };
  const began = performance.now();
  await fillLedger(one.sql, { events: EVENTS, users: 100_000, now: world.clock.wall() });
  const [row] = await one.sql<{ events: number; bytes: string; indexes: string }[]>`
    select (select count(*)::int from webhook_events) as events,
      pg_size_pretty(pg_table_size('webhook_events')) as bytes, pg_size_pretty(pg_indexes_size('webhook_events')) as indexes`;
  expect(row?.events).toBe(EVENTS);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stdout.write(`filled in ${seconds} s: ${row?.bytes}, indexes ${row?.indexes}\n`);
}, 540_000);
afterAll(async () => {
  await one?.close();
  await world.close();
});

const DAY = 86_400_000;
const ago = (days: number): string => new Date(world.clock.wall() - days * DAY).toISOString();
/** Behind most of what there is. */
const deep = (id = "~"): string => toCursor({ at: new Date(world.clock.wall() - 450 * DAY), id });
const UUID = "80000000-0000-4000-8000-000000000000";

const common = "invoice.paid";
const rare = "customer.deleted";
const none = "no.such.type";
const unhandled = "charge.succeeded";

/** Every list and every sum of the console, with what a person plausibly asks of it. */
function questions(): Record<string, () => Promise<unknown>> {
  const { admin: api, operations, community } = createCaller(deps, admin);
  type Events = Parameters<typeof api.listEvents>[0];
  const events: Record<string, Events> = {
    all: {},
    "all, deep": { cursor: deep() },
    "most at once": { limit: 200 },
    "a stretch of time": { from: ago(200), to: ago(199) },
    "a stretch without any": { from: ago(900), to: ago(800) },
    "an open stretch, deep": { to: ago(50), cursor: deep() },
  };
  for (const outcome of ["pending", "processed", "ignored", "dead"] as const) {
    events[outcome] = { outcome };
    events[`${outcome}, deep`] = { outcome, cursor: deep() };
    events[`${outcome}, long ago`] = { outcome, from: ago(300), to: ago(299) };
    for (const type of [common, rare, none, unhandled]) events[`${outcome} ${type}`] = { outcome, type };
    for (const userId of ["usr_1", "usr_777"]) events[`${outcome} of ${userId}`] = { outcome, userId };
  }
  for (const type of [common, rare, none, unhandled]) {
    events[type] = { type };
    events[`${type}, deep`] = { type, cursor: deep() };
    events[`${type}, one day`] = { type, from: ago(200), to: ago(199) };
    events[`${type} of a busy user`] = { type, userId: "usr_1" };
    events[`${type} of a user`] = { type, userId: "usr_777" };
  }
  for (const cause of ["no_user", "contradiction", "gone_at_stripe", "refused", "bug"] as const) {
    events[`died of ${cause}`] = { cause };
    events[`died of ${cause}, deep`] = { cause, outcome: "dead", cursor: deep() };
    for (const type of [common, rare]) events[`${type} died of ${cause}`] = { cause, type };
  }
  for (const userId of ["usr_1", "usr_2", "usr_777", "usr_99999", "user_none"]) {
    events[`of ${userId}`] = { userId };
    events[`of ${userId}, deep`] = { userId, cursor: deep() };
    events[`of ${userId}, one month`] = { userId, from: ago(230), to: ago(200) };
  }
  events["of a customer"] = { customerId: "cus_1" };
  events["of a customer, deep"] = { customerId: "cus_1", cursor: deep() };
  const all = Object.entries(events).map(
    ([what, input]) => [`events: ${what}`, () => api.listEvents(input)] as const,
  );
  return {
    ...Object.fromEntries(all),
    "dead letters by cause": () => api.listCauses(),
    "users: all": () => api.listUsers({}),
    "users: all, deep": () => api.listUsers({ cursor: deep() }),
    "users: free": () => api.listUsers({ plan: "free" }),
    "users: paid, deep": () => api.listUsers({ plan: "paid", cursor: deep() }),
    "users: trial": () => api.listUsers({ plan: "trial" }),
    "users: m (everybody)": () => api.listUsers({ q: "m" }),
    "users: a name that many have": () => api.listUsers({ q: "anna" }),
    "users: a name that many have, on trial": () => api.listUsers({ q: "anna", plan: "trial" }),
    "users: a name that many have, deep": () => api.listUsers({ q: "Anna", cursor: deep() }),
    "users: one e-mail": () => api.listUsers({ q: "mail77777@example.org" }),
    "users: nobody": () => api.listUsers({ q: "zzz" }),
    "users: a customer": () => api.listUsers({ q: "cus_4711" }),
    "users: a subscription": () => api.listUsers({ q: "sub_4711" }),
    "one user": () => api.readUser({ userId: "usr_1" }),
    "timeline of a busy user": () => api.readTimeline({ userId: "usr_1" }),
    "timeline of a busy user, deep": () => api.readTimeline({ userId: "usr_1", cursor: deep() }),
    "timeline of a busy user, events": () => api.readTimeline({ userId: "usr_1", kinds: ["event"] }),
    "timeline of a user": () => api.readTimeline({ userId: "usr_777" }),
    "XP: all": () => api.listXp({}),
    "XP: all, deep": () => api.listXp({ cursor: deep(UUID) }),
    "XP: of one": () => api.listXp({ userId: "usr_777" }),
    "drifts: all": () => api.listDrifts({}),
    "drifts: open": () => api.listDrifts({ open: true }),
    "drifts: open, deep": () => api.listDrifts({ open: true, cursor: deep("5000") }),
    "drifts: of a walk": () => api.listDrifts({ walkId: 4711 }),
    "drifts: of a customer": () => api.listDrifts({ customerId: "cus_4711" }),
    "walks: all": () => api.listWalks({}),
    "walks: deep": () => api.listWalks({ cursor: deep("500") }),
    "flags: all": () => api.listFlags({}),
    "flags: open": () => api.listFlags({ open: true }),
    "flags: deep": () => api.listFlags({ cursor: deep(UUID) }),
    "flags: of one": () => api.listFlags({ userId: "usr_777" }),
    "reported posts": () => community.listReports(),
    "actions: all": () => operations.listActions({}),
    "actions: deep": () => operations.listActions({ cursor: deep("500") }),
    "actions: to one": () => operations.listActions({ userId: "usr_778" }),
    "actions: by one": () => operations.listActions({ actorId: "usr_3" }),
    "actions: by nobody": () => operations.listActions({ actorId: "usr_777" }),
    "incidents: all": () => operations.listIncidents({}),
    "incidents: open": () => operations.listIncidents({ open: true }),
    indicators: () => operations.readIndicators(),
    "chart of an hour": () => operations.readCharts({ range: "hour" }),
    "chart of a day": () => operations.readCharts({ range: "day" }),
    "chart of a week": () => operations.readCharts({ range: "week" }),
    jobs: () => operations.listJobs(),
  };
}

/** What has to read more, and why. */
const ALLOWED: Record<string, number> = {
  // Whatever is seldom among the five thousand events of one person is looked for in all of them.
  "events: ignored of usr_1": 6_000,
  "events: dead of usr_1": 6_000,
  "events: pending of usr_1": 6_000,
  "events: customer.deleted of a busy user": 6_000,
  "events: invoice.paid of a busy user": 6_000,
  "events: charge.succeeded of a busy user": 6_000,
  "events: no.such.type of a busy user": 6_000,
  // Twenty thousand dead letters are counted, ten thousand of them for the indicator.
  indicators: 6_000,
  "dead letters by cause": 6_000,
};

interface Figure {
  readonly what: string;
  readonly ms: number;
  readonly blocks: number;
}

/** Blocks that this connection has read until now, from wherever. */
async function blocksRead(): Promise<number> {
  await one.sql`select pg_stat_force_next_flush()`;
  const [row] = await one.sql<{ n: string }[]>`
    select coalesce(sum(hits + reads), 0) as n from pg_stat_get_backend_io(pg_backend_pid())`;
  return Number(row?.n);
}

async function medianOf(ask: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    await ask();
    took.push(performance.now() - began);
  }
  return took.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
}

/** Asked in up to three rounds: a machine that is busy with others makes anything slow, and an index none. */
async function measure(what: string, ask: () => Promise<unknown>): Promise<Figure> {
  await ask();
  const before = await blocksRead();
  await ask();
  const blocks = (await blocksRead()) - before;
  let ms = await medianOf(ask);
  for (let round = 1; ms >= MOST_MS && round < 3; round++) ms = Math.min(ms, await medianOf(ask));
  return { what, ms, blocks };
}

test("every list of the console answers within 100 ms at a million events, from the few blocks it needs", async () => {
  const figures: Figure[] = [];
  for (const [what, ask] of Object.entries(questions())) figures.push(await measure(what, ask));
  const slowest = figures.toSorted((a, b) => b.ms - a.ms).slice(0, 12);
  const widest = figures.toSorted((a, b) => b.blocks - a.blocks).slice(0, 12);
  const line = ({ what, ms, blocks }: Figure): string => `  ${ms.toFixed(1)} ms, ${blocks} blocks: ${what}\n`;
  process.stdout.write(
    `${figures.length} questions; slowest:\n${slowest.map(line).join("")}widest:\n${widest.map(line).join("")}`,
  );
  expect(figures.filter(({ ms }) => ms >= MOST_MS)).toEqual([]);
  expect(figures.filter(({ what, blocks }) => blocks > (ALLOWED[what] ?? MOST_BLOCKS))).toEqual([]);
});
