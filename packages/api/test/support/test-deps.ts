import { EventEmitter } from "node:events";
import { stripeCustomers, users, webhookEvents } from "@liveassist/db/schema";
import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";
import { eq } from "drizzle-orm";
import { createEventStore, receiveEvent } from "../../src/billing/receive-event.ts";
import { createCoalesce } from "../../src/coalesce.ts";
import type {
  Actor,
  Bus,
  Clock,
  Deps,
  HistogramName,
  Logger,
  MetricName,
  RandomSource,
  Settings,
} from "../../src/deps.ts";
import { startReplies } from "../../src/liveassist/start-replies.ts";
import type { Mail } from "../../src/mail-port.ts";
import { createMinuteCounts } from "../../src/operations/minute-counts.ts";
import { startTrail } from "../../src/operations/start-trail.ts";
import { startTail } from "../../src/realtime/tail.ts";
import { createCaller } from "../../src/root.ts";
import { createFakeMedia } from "./fake-media.ts";
import { FakeStripe, SIGNATURE } from "./fake-stripe.ts";
import { createMemoryStorage } from "./memory-storage.ts";
import { createScriptedAssistant, type ScriptedAssistant } from "./scripted-assistant.ts";
import { API_VERSION, type EventOver, eventBody } from "./stripe-event.ts";
import type { StripeWorld } from "./stripe-world.ts";

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** A clock that only moves when told; domain time and wall time together. */
export class TestClock implements Clock {
  private at = Date.UTC(2026, 10, 21, 12);
  now = (): number => this.at;
  wall = (): number => this.at;
  advance(ms: number): void {
    this.at += ms;
  }
}

export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly [field: string]: unknown;
}

export interface Counted {
  readonly name: MetricName;
  readonly labels: Readonly<Record<string, string>>;
  readonly by: number;
}

export interface Observed {
  readonly name: HistogramName;
  readonly seconds: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Real rules, routers and Postgres; every port to the outside built for tests. */
export interface TestWorld {
  readonly database: TestDatabase;
  readonly deps: Deps;
  readonly clock: TestClock;
  readonly stripe: FakeStripe;
  /** Says what a test tells it to. */
  readonly assistant: ScriptedAssistant;
  /** What is true at Stripe. */
  readonly at: StripeWorld;
  readonly logs: LogLine[];
  readonly mails: Mail[];
  /** What the metrics counted. */
  readonly counts: Counted[];
  /** Durations that were measured. */
  readonly observed: Observed[];
  /** What gauges show, by name and labels as JSON. */
  readonly gauges: ReadonlyMap<string, number>;
  /** What the alert webhook was sent. */
  readonly alerts: string[];
  /** Whom the inbox was nudged for. */
  readonly nudges: (string | null)[];
  /** A new user, as who is signed in. */
  user(role?: "user" | "admin"): Promise<Actor>;
  /** A new user with a Stripe customer that is bound to them. */
  buyer(): Promise<{ actor: Actor; customerId: string }>;
  /** Calls procedures as this user. */
  as(actor: Actor | null): ReturnType<typeof createCaller>;
  /** Delivers a signed event about an object of Stripe's as it is now; answers its id. */
  deliver(type: string, about: string, over?: EventOver): Promise<string>;
  row(userId: string): Promise<typeof users.$inferSelect>;
  event(eventId: string): Promise<typeof webhookEvents.$inferSelect>;
  alarms(): unknown[];
  close(): Promise<void>;
}

const SETTINGS: Settings = {
  appUrl: "http://localhost:3000",
  livemode: false,
  stripeApiVersion: API_VERSION,
  trialDays: 5,
  trialRequiresCard: true,
  freeImagesPerDay: 2,
  quotaTimezone: "Europe/Stockholm",
  grace: { pastDueMs: 7 * DAY, trialVerifyMs: 60 * MINUTE, periodVerifyMs: 2 * DAY },
  priceOre: 3900,
  alertThresholds: {},
  mostVideoBytes: 200_000_000,
  seller: {
    name: "LiveAssist AB",
    orgNo: "559000-0000",
    address: "Storgatan 1, Uppsala",
    email: "hej@example.com",
  },
};

function collectLogs(logs: LogLine[]): Logger {
  const at = (level: LogLine["level"]) => (fields: Record<string, unknown>, message: string) =>
    void logs.push({ ...fields, level, message });
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** Counts instead of rolling dice, so that a run can be told again. */
function countingRandom(): RandomSource {
  let made = 0;
  const next = (length: number): string => (++made).toString(16).padStart(length, "0");
  return {
    uuid: () => `00000000-0000-4000-8000-${next(12)}`,
    token: () => `token-${next(40)}`,
    fraction: () => 0.5,
  };
}

function createBus(): Bus {
  const events = new EventEmitter().setMaxListeners(0);
  const on = (topic: string, listener: (id: string) => void) => {
    events.on(topic, listener);
    return () => events.off(topic, listener);
  };
  return {
    nudge: (topic: string, id = "") => void events.emit(topic, id),
    onOutbox: (listener) => on("outbox", () => listener()),
    onLogins: (listener) => on("logins", listener),
    onSession: (listener) => on("session", listener),
    onCommunity: (listener) => on("community", () => listener()),
  };
}

function createMemory<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: T | null = null;
  return async () => {
    known ??= await ask();
    return known;
  };
}

/** A world of its own for one test file: a fresh database, an own Stripe, a stopped clock. Close it in `afterAll`. */
export async function openWorld(settings: Partial<Settings> = {}): Promise<TestWorld> {
  const database = await createTestDatabase({ max: 10 });
  const { db } = database;
  const clock = new TestClock();
  const stripe = new FakeStripe(clock.now);
  const logs: LogLine[] = [];
  const mails: Mail[] = [];
  const counts: Counted[] = [];
  const observed: Observed[] = [];
  const gauges = new Map<string, number>();
  const minutes = createMinuteCounts(clock.wall);
  const alerts: string[] = [];
  const nudges: (string | null)[] = [];
  const bus = createBus();
  const log = collectLogs(logs);
  const assistant = createScriptedAssistant();
  const deps: Deps = {
    db,
    clock,
    random: countingRandom(),
    log,
    bus,
    stripe,
    mail: { send: async (mail) => void mails.push(mail) },
    metrics: {
      count(name, labels = {}, by = 1) {
        counts.push({ name, labels, by });
        minutes.add({ name, labels, by });
      },
      minutes,
      observe: (name, seconds, labels = {}) => void observed.push({ name, seconds, labels }),
      set: (name, value, labels = {}) => void gauges.set(`${name}${JSON.stringify(labels)}`, value),
    },
    trail: startTrail({ db, clock, log }),
    alerts: { send: async (text) => void alerts.push(text) },
    serverId: "server_1",
    rates: { take: async () => null },
    verifyPassword: async (hash, password) => hash === `hash of ${password}`,
    settings: { ...SETTINGS, ...settings },
    // Remembered once known, as the host does.
    price: createMemory(() => stripe.ensurePrice()),
    nudgeInbox: (customerId) => void nudges.push(customerId),
    coalesce: createCoalesce(),
    tail: startTail({ db, clock, bus, log }),
    assistant,
    storage: createMemoryStorage(),
    media: createFakeMedia(),
    replies: startReplies(() => deps),
  };
  const store = createEventStore(db);
  let people = 0;

  async function user(role: "user" | "admin" = "user"): Promise<Actor> {
    people += 1;
    const id = `user_${people}`;
    await db.insert(users).values({ id, name: `User ${people}`, email: `${id}@example.com`, role });
    return { userId: id, role, loginId: `login_${people}` };
  }

  return {
    database,
    deps,
    clock,
    stripe,
    assistant,
    at: stripe.world,
    logs,
    mails,
    counts,
    observed,
    gauges,
    alerts,
    nudges,
    user,
    async buyer() {
      const actor = await user();
      const customerId = stripe.world.customer(actor.userId).id;
      await db.insert(stripeCustomers).values({ customerId, userId: actor.userId });
      return { actor, customerId };
    },
    as: (actor) => createCaller(deps, actor),
    async deliver(type, about, over) {
      const rawBody = Buffer.from(eventBody(stripe.world, { type, about, ...over }));
      const { facts } = await receiveEvent(deps, store, { rawBody, signature: SIGNATURE });
      return facts.eventId;
    },
    row: async (userId) => one(await db.select().from(users).where(eq(users.id, userId))),
    event: async (eventId) =>
      one(await db.select().from(webhookEvents).where(eq(webhookEvents.eventId, eventId))),
    alarms: () => logs.flatMap((line) => ("alarm" in line ? [line["alarm"]] : [])),
    async close() {
      await deps.replies.stop();
      await deps.tail.stop();
      await deps.trail.stop();
      await database.close();
    },
  };
}

function one<T>(rows: T[]): T {
  const [row] = rows;
  if (rows.length !== 1 || row === undefined) throw new Error(`expected one row, found ${rows.length}`);
  return row;
}
