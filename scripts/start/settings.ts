import { resolve } from "node:path";
import { StartError } from "./start-error.ts";

/** What the launcher itself decides by. Everything else in the environment is the server's business. */
export type Settings = {
  dev: boolean;
  port: number;
  /** As the user gave it; undefined leaves the default to the server. */
  host: string | undefined;
  appUrl: string;
  /** Absolute folder of database, emulator state, mail, uploads and logs. */
  dataDir: string;
  /** The user's own database; without it the embedded one. */
  databaseUrl: string | undefined;
  /** Without a Stripe key of the user's own the emulator stands in. */
  emulator: boolean;
  webhookSecret: string | undefined;
  ownMail: boolean;
  environment: NodeJS.ProcessEnv;
};

/** Reads the launcher's settings. An empty variable counts as absent. Ends in StartError for what cannot work. */
export function readSettings(environment: NodeJS.ProcessEnv, root: string, dev: boolean): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const port = readPort(given["PORT"]);
  const key = given["STRIPE_SECRET_KEY"];
  if (!key && given["STRIPE_API_BASE"]) {
    throw new StartError(
      "STRIPE_API_BASE is set without STRIPE_SECRET_KEY. Set both, or neither to use the built-in emulator.",
    );
  }
  if (key && /^(sk|rk)_live_/.test(key) && !given["DATABASE_URL"]) {
    throw new StartError(
      "A live Stripe key needs a database of your own: set DATABASE_URL. The built-in one holds demo accounts.",
    );
  }
  return {
    dev,
    port,
    host: given["HOST"],
    appUrl: given["APP_URL"] ?? `http://localhost:${port}`,
    dataDir: resolve(root, given["DATA_DIR"] ?? ".data"),
    databaseUrl: given["DATABASE_URL"],
    emulator: !key,
    webhookSecret: given["STRIPE_WEBHOOK_SECRET"],
    ownMail: given["SMTP_URL"] !== undefined,
    environment: given,
  };
}

/** The loopback (or only) address at which the launcher itself reaches a server that listens on `host`. */
export function reachableHost(host: string | undefined): string {
  const everywhere = host === undefined || host === "0.0.0.0" || host === "::" || host === "localhost";
  if (everywhere) return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function readPort(given: string | undefined): number {
  const port = Number(given ?? 3000);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new StartError(
    `PORT is "${given}", and must be a number from 1 to 65535, as in PORT=3001 npm start.`,
  );
}
