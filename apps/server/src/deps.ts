import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  type Clock,
  createCoalesce,
  type Deps,
  type InboxWorker,
  type RandomSource,
  startInboxWorker,
  startReplies,
  startTail,
  startTrail,
  withPatience,
  writeMinuteCounts,
} from "@liveassist/api";
import { createDb } from "@liveassist/db";
import { createAlerts } from "./adapters/alerts.ts";
import { createAssistant } from "./adapters/assistant.ts";
import { type Auth, createAuth, verifyPassword } from "./adapters/auth.ts";
import { createBus } from "./adapters/bus.ts";
import { followClock, systemClock } from "./adapters/clock.ts";
import { hearStripe } from "./adapters/hear-stripe.ts";
import { createLogger } from "./adapters/logger.ts";
import { createMail } from "./adapters/mail.ts";
import { createMedia } from "./adapters/media.ts";
import { createMetrics, type ReadableMetrics } from "./adapters/metrics.ts";
import { systemRandom } from "./adapters/random.ts";
import { createRateLimiter } from "./adapters/rate-limiter.ts";
import { createStorage } from "./adapters/storage.ts";
import { createStripe, STRIPE_API_VERSION } from "./adapters/stripe.ts";
import { createUploadLocks, type UploadLocks } from "./adapters/upload-locks.ts";
import { authSecret } from "./auth-secret.ts";
import { type Config, ConfigError, toSettings } from "./config.ts";
import { startDueSweeper } from "./jobs/due-sweeper.ts";
import { startForgetter } from "./jobs/forgetter.ts";
import { startHeartbeat } from "./jobs/heartbeat.ts";
import { startMailer } from "./jobs/mailer.ts";
import { SWEEP_JOB, TAIL_JOB } from "./jobs/names.ts";
import { startReconciler } from "./jobs/reconciler.ts";
import type { Job } from "./jobs/repeat.ts";
import { startReplySweeper } from "./jobs/reply-sweeper.ts";
import { startUploadSweeper, type UploadFolders } from "./jobs/upload-sweeper.ts";
import { startWatcher } from "./jobs/watcher.ts";
import { startWithdrawalFinisher } from "./jobs/withdrawal-finisher.ts";
import { rememberPrice } from "./stripe-price.ts";
import { createVitals, noteStripe, type Vitals } from "./vitals.ts";

/** Who asks things of the ports: what is called from outside, and each worker. */
export type Road = "calls" | "sync" | "sweep" | "tail" | "reconcile";

/** A stop waits no longer for syncs: what is stored stays stored, and is swept up elsewhere or at the next start. */
const SYNCS_MS = 1_500;
/** What was counted since the watcher's last turn may be lost when the database is away. */
const COUNTS_MS = 500;

/** What a test may put in place of the real thing: only ports. */
export interface Overrides {
  readonly clock?: Clock;
  readonly random?: RandomSource;
  readonly log?: { write(line: string): void };
  /**
   * False: for a command beside the servers. It works on the inbox; jobs, mails and alerts are theirs, whose settings are not
   * those of whoever's terminal it is, and it is no server that could be missed.
   */
  readonly serves?: false;
  /** Stands between a road and its ports, for failpoints (test/crash). */
  readonly onRoad?: <P extends Partial<Deps>>(road: Road, ports: P) => P;
}

export interface Running {
  readonly deps: Deps;
  readonly auth: Auth;
  readonly inbox: InboxWorker;
  readonly metrics: ReadableMetrics;
  readonly vitals: Vitals;
  /** Where files lie while they come in, and who may write to them. */
  readonly uploads: { readonly folder: string; readonly locks: UploadLocks };
  /** Jobs begin no more turns; the rest goes on. Resolves when they rest, or soon anyway. */
  stopJobs(): Promise<void>;
  stop(): Promise<void>;
}

/** Builds every port's real adapter from the configuration, and starts the workers: the only place that does (design, law 1). */
export async function startDeps(config: Config, overrides: Overrides = {}): Promise<Running> {
  const folders = await makeFolders(config.DATA_DIR);
  const log = createLogger(config.LOG_LEVEL, overrides.log);
  const database = createDb(config.DATABASE_URL, { max: 20 });
  const bus = await createBus(config.DATABASE_URL, log);
  const silent = createStripe({
    secretKey: config.STRIPE_SECRET_KEY,
    webhookSecrets: config.STRIPE_WEBHOOK_SECRET,
    apiBase: config.STRIPE_API_BASE,
    priceId: config.STRIPE_PRICE_ID,
    priceSek: config.PRICE_SEK,
  });
  const following = config.CLOCK_URL === undefined ? null : await followClock(config.CLOCK_URL, log);
  const from = `LiveAssist <${config.SELLER_EMAIL ?? "noreply@localhost"}>`;
  const mail = createMail({ smtpUrl: config.SMTP_URL, from, dataDir: config.DATA_DIR }, log);
  const vitals = createVitals();
  const locks = createUploadLocks(config.DATABASE_URL, log);
  const clock = overrides.clock ?? following ?? systemClock;
  const metrics = createMetrics(clock.wall);
  const stripe = hearStripe(silent, (outcome) => {
    metrics.count("liveassist_stripe_requests_total", { outcome });
    noteStripe(vitals, outcome, clock.wall());
  });
  const ports = {
    db: database.db,
    clock,
    random: overrides.random ?? systemRandom,
    log,
    bus,
    stripe,
    mail,
    assistant: createAssistant(toAssistant(config)),
    storage: createStorage(folders.files),
    media: createMedia(),
    metrics,
    trail: startTrail({ db: database.db, clock, log }),
    alerts: config.ALERT_WEBHOOK_URL === undefined ? null : createAlerts(config.ALERT_WEBHOOK_URL),
    serverId: systemRandom.uuid(),
    rates: createRateLimiter(config.RATE_LIMITS),
    verifyPassword,
    settings: toSettings(config, STRIPE_API_VERSION),
    price: rememberPrice(
      { db: database.db, stripe, log },
      { priceSek: config.PRICE_SEK, priceId: config.STRIPE_PRICE_ID },
    ),
    coalesce: createCoalesce(),
  };
  const on: NonNullable<Overrides["onRoad"]> = overrides.onRoad ?? ((_road, of) => of);
  const deps: Deps = {
    ...ports,
    nudgeInbox: (customerId) => inbox.nudge(customerId),
    tail: startTail(on("tail", { db: ports.db, clock: ports.clock, bus, log })),
    replies: startReplies(() => deps),
  };
  const syncing = on("sync", deps);
  const inbox = startInboxWorker(() => syncing);
  vitals.jobs.set(SWEEP_JOB, inbox).set(TAIL_JOB, deps.tail);
  const everyMs = config.RECONCILE_EVERY_SECONDS * 1_000;
  const startJobs = (): Job[] => [
    startDueSweeper(on("sweep", deps), vitals),
    startForgetter(deps, vitals),
    startMailer(deps, vitals),
    startWithdrawalFinisher(deps, vitals),
    startReplySweeper(deps, vitals),
    startUploadSweeper(deps, vitals, folders),
    startWatcher(deps, vitals),
    startReconciler(on("reconcile", deps), vitals, everyMs),
  ];
  const serves = overrides.serves ?? true;
  const jobs = serves ? startJobs() : [];
  const heartbeat = serves ? startHeartbeat(deps, vitals, config.DATABASE_URL) : null;
  let resting: Promise<unknown> | null = null;
  const stopJobs = async (): Promise<void> => {
    following?.stop();
    resting ??= Promise.all(jobs.map((job) => job.stop()));
    await resting;
  };
  const secret = await authSecret(config, ports);
  const auth = createAuth(
    {
      appUrl: config.APP_URL,
      isLoopback: config.isLoopback,
      secret,
      verifyEmail: config.SMTP_URL !== undefined,
    },
    ports,
  );
  return {
    deps: on("calls", deps),
    auth,
    inbox,
    metrics,
    vitals,
    uploads: { folder: folders.parts, locks },
    stopJobs,
    async stop() {
      await stopJobs();
      // Whatever a sync that hangs still does, it does under its lease, and the next server does it again.
      await Promise.all([deps.replies.stop(), withPatience(inbox.stop(), SYNCS_MS)]);
      await deps.tail.stop();
      await ports.trail.stop();
      await withPatience(writeMinuteCounts(deps), COUNTS_MS).catch(() => null);
      await bus.stop();
      await locks.stop();
      await heartbeat?.stop();
      await database.close();
    },
  };
}

/** What cannot be written to is found at the start, and not by the first who sends a picture. */
async function makeFolders(dataDir: string): Promise<UploadFolders> {
  const folders = { parts: join(dataDir, "uploads"), files: join(dataDir, "files") };
  try {
    for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
    return folders;
  } catch (error) {
    throw new ConfigError(`DATA_DIR is no folder that can be written to: ${String(error)}`);
  }
}

/** Half of the settings is none: with a live key the start is refused without all three. */
function toAssistant({ AI_BASE_URL: baseUrl, AI_MODEL: model, AI_API_KEY: apiKey }: Config) {
  return baseUrl && model ? { baseUrl, model, apiKey } : null;
}
