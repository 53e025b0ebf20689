import { join } from "node:path";
import { freePort, startEmbeddedPostgres } from "../../packages/db/src/embedded.ts";
import { takeDataFolder } from "./data-folder.ts";
import { makeDemoAccounts } from "./demo-accounts.ts";
import { refuseTakenPort } from "./listening-port.ts";
import { runServer } from "./run-server.ts";
import { reachableHost, type Settings } from "./settings.ts";
import { type Emulator, startStripeEmulator } from "./stripe-emulator.ts";
import { buildWeb } from "./web-build.ts";
import { startWebDevServer } from "./web-dev-server.ts";

/** What to start, where to tell of it, and what ends it early. */
export type LaunchOptions = {
  root: string;
  settings: Settings;
  print: (line: string) => void;
  printError: (line: string) => void;
  /** Ends a start early; `hurry` makes an end that waits for somebody harsh. */
  stop: AbortSignal;
  hurry: AbortSignal;
  /** For tests: another program in place of the server, which then needs no built web either. */
  serverEntry?: string;
};

/** Everything that runs. `failed` settles with one line when a part ends by itself. */
export type Launched = {
  emulatorUrl: string | null;
  failed: Promise<string>;
  stop(): Promise<void>;
};

/**
 * Starts database, emulator, web and server in this order, and stops them in the opposite one; when a part does not
 * start, those before it are stopped again. Ends in StartError or EmbeddedPostgresError, one line each.
 */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const { root, settings, print, stop } = options;
  const parts = new AsyncDisposableStack();
  const failures: Promise<string>[] = [];
  try {
    parts.defer(takeDataFolder(settings.dataDir));
    await refuseTakenPort(settings.port, settings.host);

    const database = await startDatabase(options, parts, failures);
    stop.throwIfAborted();
    const serverPort = settings.dev ? await freePort() : settings.port;
    const emulator = settings.emulator ? await startStripeEmulator(settings, serverPort) : null;
    if (emulator) parts.defer(() => emulator.stop());
    if (!settings.dev && !options.serverEntry) await buildWeb(root, { print, stop });
    stop.throwIfAborted();

    print("Starting the server");
    const environment = serverEnvironment(settings, { serverPort, databaseUrl: database.url, emulator });
    const server = runServer({ ...options, environment, watch: settings.dev });
    parts.defer(() => server.stop());
    failures.push(server.failed);
    await orStopped(stop, server.ready);
    const url = `http://${reachableHost(settings.dev ? undefined : settings.host)}:${serverPort}`;
    if (settings.dev) {
      const web = await startWebDevServer({ root, port: settings.port, host: settings.host, server: url });
      parts.defer(() => web.stop());
      failures.push(web.exited.then(() => "The web's development server ended."));
    }
    stop.throwIfAborted();
    if (database.folder && !settings.ownMail) {
      const { folder: clusterFolder, url: databaseUrl } = database;
      await makeDemoAccounts({ server: url, appUrl: settings.appUrl, databaseUrl, clusterFolder });
    }
    const failed = Promise.race(failures);
    return { emulatorUrl: emulator?.url ?? null, failed, stop: () => parts.disposeAsync() };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

type Database = { url: string; folder: string | null };

async function startDatabase(
  { settings, print, hurry }: LaunchOptions,
  parts: AsyncDisposableStack,
  failures: Promise<string>[],
): Promise<Database> {
  if (settings.databaseUrl) return { url: settings.databaseUrl, folder: null };
  print("Starting the database");
  const folder = join(settings.dataDir, "postgres");
  const server = await startEmbeddedPostgres({ dataDir: folder, log: print });
  parts.defer(() => server.stop());
  hurry.addEventListener("abort", () => server.abandon());
  failures.push(
    server.exited.then(() => `The database ended by itself; see ${join(folder, "postgres.log")}.`),
  );
  return { url: server.url, folder };
}

function serverEnvironment(
  settings: Settings,
  {
    serverPort,
    databaseUrl,
    emulator,
  }: { serverPort: number; databaseUrl: string; emulator: Emulator | null },
): NodeJS.ProcessEnv {
  return {
    ...settings.environment,
    ...emulator?.environment,
    ...(settings.dev ? { HOST: "127.0.0.1" } : {}),
    APP_URL: settings.appUrl,
    PORT: String(serverPort),
    DATABASE_URL: databaseUrl,
    DATA_DIR: settings.dataDir,
  };
}

function orStopped<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  const stopped = new Promise<never>((_, reject) =>
    stop.addEventListener("abort", () => reject(stop.reason)),
  );
  return Promise.race([work, stopped]);
}
