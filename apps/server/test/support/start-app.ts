import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@liveassist/db/embedded";
import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";
import type { FastifyInstance } from "fastify";
import { buildApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type Overrides, type Running, startDeps } from "../../src/deps.ts";

/** A running server of its own: real HTTP, WebSocket and Postgres, on a free port. */
export interface StartedApp {
  readonly url: string;
  readonly port: number;
  readonly app: FastifyInstance;
  readonly running: Running;
  readonly database: TestDatabase;
  /** `DATA_DIR`: mails lie in `mail` below it. */
  readonly dataDir: string;
  /** Every log line so far, parsed. */
  readonly logs: Record<string, unknown>[];
  stop(): Promise<void>;
}

export interface StartOptions extends Omit<Overrides, "log"> {
  /** Where Stripe is: the emulator or a stub. */
  readonly stripe: { readonly url: string; readonly secret: string };
  readonly env?: Record<string, string>;
  /** Serve the built web app from here. */
  readonly webFolder?: string;
  /** Share another server's database. */
  readonly database?: TestDatabase;
  /** Listen here instead of on a free port. */
  readonly port?: number;
}

/** Starts the host as `main.ts` does, with the clock or randomness replaced if asked. */
export async function startApp(options: StartOptions): Promise<StartedApp> {
  const database = options.database ?? (await createTestDatabase());
  const port = options.port ?? (await freePort());
  const dataDir = await mkdtemp(join(tmpdir(), "liveassist-test-"));
  const config = readConfig({
    PORT: String(port),
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    STRIPE_SECRET_KEY: "sk_test_123",
    STRIPE_WEBHOOK_SECRET: options.stripe.secret,
    STRIPE_API_BASE: options.stripe.url,
    RATE_LIMITS: "off",
    // A day: what repairs by itself would hide what a test is about.
    RECONCILE_EVERY_SECONDS: "86400",
    ...options.env,
  });
  const logs: Record<string, unknown>[] = [];
  const log = { write: (line: string) => void logs.push(JSON.parse(line) as Record<string, unknown>) };
  const { clock, random, serves } = options;
  const running = await startDeps(config, {
    log,
    ...(clock ? { clock } : {}),
    ...(random ? { random } : {}),
    ...(serves === false ? { serves } : {}),
  });
  const app = await buildApp(running, {
    webFolder: options.webFolder ?? dataDir,
    trustProxy: config.TRUST_PROXY,
    adminEmails: config.ADMIN_EMAILS,
    metricsToken: config.METRICS_TOKEN,
  });
  await app.listen({ port, host: "127.0.0.1" });
  return {
    url: config.APP_URL,
    port,
    app,
    running,
    database,
    dataDir,
    logs,
    async stop() {
      await app.close();
      await running.stop();
      if (!options.database) await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
