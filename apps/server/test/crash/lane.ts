import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@liveassist/db/embedded";
import { createDatabaseIn, type TestClusterAddress, type TestDatabase } from "@liveassist/db/test-cluster";
import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import Stripe from "stripe";
import { chanceOf } from "./chance.ts";
import { Deliveries } from "./deliveries.ts";
import { SupervisedServer } from "./supervised-server.ts";

/** A whole world of its own: Stripe, database and server, in which one story after another is told. */
export interface Lane {
  readonly emulator: Emulator;
  readonly stripe: Stripe;
  readonly database: TestDatabase;
  readonly server: SupervisedServer;
  readonly url: string;
  readonly deliveries: Deliveries;
  readonly chance: () => number;
  /** Lets time pass for Stripe and the server; milliseconds. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const SECRET = "whsec_crash";

export interface LaneOptions {
  readonly seed: number;
  /** Folder in which the servers keep compiled code: each start after the first is quicker. */
  readonly compileCache: string;
}

/** Opens a lane in a cluster; everything in it is made anew. */
export async function openLane(cluster: TestClusterAddress, options: LaneOptions): Promise<Lane> {
  const chance = chanceOf(options.seed);
  const emulator = await startEmulator({ seed: options.seed, settings: { draftSecondsUnanswered: 3600 } });
  const database = await createDatabaseIn(cluster, { max: 3, applicationName: "crash test" });
  const dataDir = await mkdtemp(join(tmpdir(), "liveassist-crash-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = new SupervisedServer({
    PORT: String(port),
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    STRIPE_SECRET_KEY: "sk_test_crash",
    STRIPE_WEBHOOK_SECRET: SECRET,
    STRIPE_API_BASE: emulator.url,
    RATE_LIMITS: "off",
    // The walk mends what a road left undone, and would hide it.
    RECONCILE_EVERY_SECONDS: "86400",
    NODE_COMPILE_CACHE: options.compileCache,
  });
  await server.start();
  const deliveries = new Deliveries(emulator, { url, secret: SECRET }, chance);
  const stripe = new Stripe("sk_test_crash", {
    host: "127.0.0.1",
    port: emulator.port,
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
  });
  return {
    emulator,
    stripe,
    database,
    server,
    url,
    deliveries,
    chance,
    async pass(ms) {
      await emulator.clock.advance(ms);
      await server.setAhead(emulator.clock.now() - Date.now());
    },
    async close() {
      await deliveries.stop();
      await server.stop();
      await emulator.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
