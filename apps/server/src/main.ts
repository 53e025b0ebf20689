import { resolve } from "node:path";
import { migrate } from "@liveassist/db";
import { buildApp } from "./app.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { startDeps } from "./deps.ts";
import { checkBelonging } from "./start-checks.ts";
import { stopServer } from "./stop-server.ts";

const WEB_FOLDER = resolve(import.meta.dirname, "../../web/dist");
/** A stop that takes longer is forced. */
const STOP_MS = 10_000;

/** Starts the server from the environment alone: migrates, serves, and stops cleanly (design, "Environment"). */
async function main(): Promise<void> {
  const config = readConfig();
  let stop = async (_why: string): Promise<void> => process.exit(0);
  // Started by the launcher: when that is gone, nobody else would stop us, also while we are still starting.
  if (process.connected) process.on("disconnect", () => void stop("the launcher is gone"));
  await migrate(config.DATABASE_URL);
  const running = await startDeps(config);
  const { log } = running.deps;
  await checkBelonging(running.deps);
  const app = await buildApp(running, {
    webFolder: WEB_FOLDER,
    trustProxy: config.TRUST_PROXY,
    adminEmails: config.ADMIN_EMAILS,
    metricsToken: config.METRICS_TOKEN,
  });

  let stopping = false;
  stop = async (why) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, "stopping");
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await stopServer(app, running);
    process.exit(0);
  };
  // Who asks twice does not want to wait.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => (stopping ? process.exit(1) : void stop(signal)));

  await listen(app, config);
  const url = config.APP_URL;
  log.info({ origin: url, port: config.PORT }, "listening");
  process.send?.({ type: "ready", url });
  // Finds or makes the price early, so that a wrong one is said at the start and not at the first purchase.
  running.deps
    .price()
    .catch((error: unknown) => log.warn({ err: error }, "Stripe could not be asked for the price yet"));
}

async function listen(app: Awaited<ReturnType<typeof buildApp>>, config: Config): Promise<void> {
  try {
    await app.listen({ port: config.PORT, host: config.HOST });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new ConfigError(
        `PORT ${config.PORT} is already in use. Stop what uses it, or set PORT to another one.`,
      );
    }
    throw error;
  }
}

main().catch((error: unknown) => {
  const known =
    error instanceof ConfigError || (error instanceof Error && error.name === "DatabaseUnusableError");
  console.error(known && error instanceof Error ? error.message : error);
  process.exit(1);
});
