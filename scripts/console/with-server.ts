import { fileURLToPath } from "node:url";
import { readConfig } from "../../apps/server/src/config.ts";
import { type Running, startDeps } from "../../apps/server/src/deps.ts";
import { checkBelonging } from "../../apps/server/src/start-checks.ts";
import type { Actor } from "../../packages/api/src/index.ts";
import { createDb, migrate, type Sql } from "../../packages/db/src/index.ts";
import { readSettings } from "../start/settings.ts";
import { checkPrice } from "./check-price.ts";
import { serverEnvironmentOf } from "./environment.ts";

/** Who a command is to the verbs that ask for somebody; nobody's login. What it does is written down without one. */
export const OPERATOR: Actor = { userId: "operator", role: "admin", loginId: "command" };

/** What a command works with: all the server has, and plain SQL for reading. */
export interface Console extends Running {
  readonly sql: Sql;
}

/**
 * Does work with everything the server has, in the server's environment or beside a running `npm start`. Ends in StartError
 * or ConfigError, a sentence each.
 */
export async function withServer<T>(work: (console: Console) => Promise<T>): Promise<T> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const config = readConfig(await serverEnvironmentOf(readSettings(process.env, root, false)));
  await migrate(config.DATABASE_URL);
  const { sql, close } = createDb(config.DATABASE_URL, { max: 2, applicationName: "liveassist command" });
  try {
    await checkPrice(sql, config.STRIPE_PRICE_ID);
    // Stdout holds nothing but the answer.
    const log = { write: (line: string): void => void process.stderr.write(line) };
    const running = await startDeps(config, { serves: false, log });
    try {
      await checkBelonging(running.deps);
      return await work({ ...running, sql });
    } finally {
      await running.stop();
    }
  } finally {
    await close();
  }
}
