import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@liveassist/db/embedded";
import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";
import { runServer, type ServerProcess } from "./server-process.ts";

export const SECRET = "whsec_strangers";

/** The server as a stranger starts it, once or several times on one database. */
export interface AttackedServers {
  readonly database: TestDatabase;
  readonly urls: readonly string[];
  /** The addresses of those that run. */
  alive(): string[];
  /** SIGKILL, and a new process on the same port. */
  kill(which: number): Promise<void>;
  restart(which: number): Promise<void>;
  logs(): Record<string, unknown>[];
  stop(): Promise<void>;
}

/** Starts `count` processes of `main.ts` with nothing set but what the contract names. */
export async function startAttacked(
  stripeUrl: string,
  {
    count = 1,
    reconcileSeconds = 86_400,
  }: { count?: number | undefined; reconcileSeconds?: number | undefined },
): Promise<AttackedServers> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "liveassist-attack-"));
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const [first] = ports;
  const environments = ports.map((port) => ({
    PORT: String(port),
    // One site, several servers: they share its address.
    APP_URL: `http://localhost:${first}`,
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    STRIPE_SECRET_KEY: "sk_test_stranger",
    STRIPE_WEBHOOK_SECRET: SECRET,
    STRIPE_API_BASE: stripeUrl,
    RECONCILE_EVERY_SECONDS: String(reconcileSeconds),
  }));
  const ended: Record<string, unknown>[] = [];
  const start = async (environment: Record<string, string>): Promise<ServerProcess> => {
    const server = runServer(environment);
    await server.logged("listening");
    return server;
  };
  const servers: (ServerProcess | null)[] = [];
  for (const environment of environments) servers.push(await start(environment));
  const urls = ports.map((port) => `http://localhost:${port}`);
  return {
    database,
    urls,
    alive: () => urls.filter((_, at) => servers[at] !== null),
    async kill(which) {
      const server = servers[which];
      servers[which] = null;
      await server?.kill();
      ended.push(...(server?.logs ?? []));
    },
    async restart(which) {
      const environment = environments[which];
      if (environment) servers[which] = await start(environment);
    },
    logs: () => [...ended, ...servers.flatMap((server) => server?.logs ?? [])],
    async stop() {
      await Promise.all(servers.map((server) => server?.kill()));
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
