import {
  createCoalesce,
  createEventStore,
  createMinuteCounts,
  type Deps,
  type Logger,
  type StoragePort,
  startInboxWorker,
  type Tail,
} from "@liveassist/api";
import type { Db } from "@liveassist/db";
import { createStripe, STRIPE_API_VERSION } from "../../../src/adapters/stripe.ts";
import { startDueSweeper } from "../../../src/jobs/due-sweeper.ts";
import { rememberPrice } from "../../../src/stripe-price.ts";
import { createVitals } from "../../../src/vitals.ts";
import { SECRET } from "../letters.ts";
import type { Draws } from "../seeded-draws.ts";
import { simulatedMedia } from "./memory-files.ts";
import { processOf } from "./virtual-time.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** One process of ours: the real ports and workers, over gated effects. */
export interface ServedProcess {
  readonly name: string;
  readonly deps: Deps;
  readonly store: ReturnType<typeof createEventStore>;
}

export interface ProcessParts {
  readonly name: string;
  readonly db: Db;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly draws: Draws;
  readonly files: StoragePort;
  readonly log: Logger;
}

const nothing = (): never => {
  throw new Error("the billing simulation has no chat");
};
/** Nobody answers: a reply waits until a move says what became of it. */
const noReplies: Pick<Deps, "assistant" | "replies"> = {
  assistant: { reply: nothing },
  replies: { begin: () => {}, watch: nothing, idle: async () => {}, stop: async () => {} },
};

const noTail: Tail = {
  follow: () => () => {},
  everyMs: 1_000,
  read: nothing,
  restart: nothing,
  stop: async () => {},
};

/** Starts a process as `startDeps` does; its tail and its mail are left out. */
export function startProcess({ name, db, fetch, now, draws, files, log }: ProcessParts): ServedProcess {
  const stripe = createStripe({
    secretKey: "sk_test_simulation",
    webhookSecrets: [SECRET],
    apiBase: "https://stripe.invalid",
    priceId: undefined,
    priceSek: 39,
    fetch,
  });
  const deps: Deps = {
    db,
    clock: { now, wall: now },
    random: { uuid: draws.uuid, token: draws.uuid, fraction: draws.fraction },
    log,
    bus: {
      nudge: () => {},
      ...{ onOutbox: () => () => {}, onLogins: () => () => {} },
      ...{ onSession: () => () => {}, onCommunity: () => () => {} },
    },
    stripe,
    mail: { send: async () => {} },
    metrics: { count: () => {}, observe: () => {}, set: () => {}, minutes: createMinuteCounts(() => 0) },
    trail: { note: () => {}, stop: async () => {} },
    alerts: null,
    serverId: name,
    rates: { take: async () => null },
    verifyPassword: async () => false,
    settings: {
      appUrl: "https://liveassist.invalid",
      livemode: false,
      stripeApiVersion: STRIPE_API_VERSION,
      trialDays: 5,
      trialRequiresCard: true,
      freeImagesPerDay: 2,
      quotaTimezone: "Europe/Stockholm",
      grace: { pastDueMs: 7 * DAY, trialVerifyMs: 60 * MINUTE, periodVerifyMs: 2 * DAY },
      seller: null,
      priceOre: 3900,
      alertThresholds: {},
      mostVideoBytes: 200_000_000,
    },
    price: rememberPrice({ db, stripe, log }, { priceSek: 39, priceId: undefined }),
    coalesce: createCoalesce(),
    nudgeInbox: (customerId) => inbox.nudge(customerId),
    tail: noTail,
    ...{ ...noReplies, storage: files, media: simulatedMedia },
  };
  const inbox = processOf.run(name, () => startInboxWorker(() => deps));
  processOf.run(name, () => startDueSweeper(deps, createVitals()));
  return { name, deps, store: createEventStore(db) };
}
