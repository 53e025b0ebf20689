import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { findRunningPostgres } from "../../packages/db/src/embedded.ts";
import { createDb, type Sql } from "../../packages/db/src/index.ts";
import type { Play } from "./play.ts";
import { JSON_LINE, type RunFolder } from "./run-folder.ts";

/** What the claims need of a row of `webhook_events`. */
interface EventRow {
  readonly event_id: string;
  readonly type: string;
  readonly payload: string;
}

/** Writes the rows, each webhook's raw payload, and how the emulator's deliveries were answered. */
export async function collectRows({ folder, emulatorUrl }: Play, dataDir: string): Promise<void> {
  const database = await findRunningPostgres(join(dataDir, "postgres"));
  if (!database) throw new Error("the database of the run is gone");
  const { sql, close } = createDb(database, { max: 1, applicationName: "liveassist evidence" });
  try {
    folder.json("database/users.json", "Rows of users", await usersOf(sql));
    folder.json("database/subscriptions.json", "Rows of subscriptions", await subscriptionsOf(sql));
    folder.json("database/xp_events.json", "Rows of xp_events", await xpOf(sql));
    const events = await eventsOf(sql);
    const rows = events.map(({ payload, ...row }) => ({ ...row, payload_bytes: Buffer.byteLength(payload) }));
    folder.json("database/webhook_events.json", "Rows of webhook_events, in the order they came", rows);
    for (const [at, event] of events.entries()) writePayload(folder, at, event);
  } finally {
    await close();
  }
  const answer = await fetch(`${emulatorUrl}/_emulator/deliveries`);
  const { deliveries } = (await answer.json()) as { deliveries: unknown };
  folder.json("webhooks/deliveries.json", "How the product answered each webhook", deliveries);
}

/** What the commands of the console say about the run, beside the running product. */
export async function collectCommands({ folder, url }: Play, dataDir: string): Promise<void> {
  const env = { ...process.env, PORT: new URL(url).port, DATA_DIR: dataDir };
  const told = async (script: string, ...words: string[]): Promise<unknown> => {
    const path = resolve(import.meta.dirname, "..", script);
    const { stdout } = await promisify(execFile)(process.execPath, [path, ...words, "--json"], {
      env,
      maxBuffer: 64_000_000,
    });
    return JSON.parse(stdout) as unknown;
  };
  folder.json(
    "server/timeline-a.json",
    "npm run timeline -- anna@example.com --json",
    await told("timeline.ts", "anna@example.com", "--limit", "500"),
  );
  folder.json("database/reconcile.json", "npm run reconcile -- --json", await told("reconcile.ts"));
}

/** The server's log, after it has stopped. */
export function collectLog(folder: RunFolder, dataDir: string): void {
  const log = readFileSync(join(dataDir, "logs", "server.log"), "utf8");
  const lines = log.split("\n").filter((line) => line !== "");
  folder.text("server/server.log", "The server's whole log of the run", { lines, comment: JSON_LINE });
}

/** As it was signed, to the byte, in a JSON string; and read, for whoever looks at it. */
function writePayload(folder: RunFolder, at: number, { event_id, type, payload }: EventRow): void {
  const name = `webhooks/${String(at + 1).padStart(3, "0")}-${type}.json`;
  folder.json(name, `Payload of ${type}`, {
    event_id,
    type,
    raw: payload,
    read: JSON.parse(payload) as unknown,
  });
}

const usersOf = (sql: Sql): Promise<readonly object[]> => sql`
  select id, name, email, role, subscription_status, subscription_expiry, stripe_status, trial_ends_at, cancel_at,
    trial_used_at, image_counter, xp, version::int from users order by email`;
const subscriptionsOf = (sql: Sql): Promise<readonly object[]> => sql`
  select provider_subscription_id, user_id, customer_id, plan, status, trial_started_at, trial_ends_at, paid_until, cancel_at,
    first_paid_at, stripe_created_at from subscriptions order by stripe_created_at`;
const xpOf = (sql: Sql): Promise<readonly object[]> => sql`select * from xp_events order by 1`;
const eventsOf = (sql: Sql): Promise<readonly EventRow[]> => sql<EventRow[]>`
  select event_id, type, outcome, source, user_id, customer_id, session_id, subscription_id, attempts, last_error,
    received_at, processed_at, observed_seq::int, payload from webhook_events order by received_at, event_id`;
