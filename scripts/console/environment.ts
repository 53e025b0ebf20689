import { join } from "node:path";
import { findRunningPostgres } from "../../packages/db/src/embedded.ts";
import { ownerOf, readKept } from "../start/data-folder.ts";
import type { Settings } from "../start/settings.ts";
import { StartError } from "../start/start-error.ts";
import { EMULATOR_KEY } from "../start/stripe-emulator.ts";

/**
 * The environment in which the server of this installation runs: what is given, and for the rest the database and the Stripe
 * emulator of `npm start`, which has to run then. Ends in StartError.
 */
export async function serverEnvironmentOf(settings: Settings): Promise<NodeJS.ProcessEnv> {
  const { dataDir, emulator, databaseUrl, environment } = settings;
  const given = { LOG_LEVEL: "silent", ...environment, APP_URL: settings.appUrl, DATA_DIR: dataDir };
  if (databaseUrl && !emulator) return { STRIPE_WEBHOOK_SECRET: "whsec_not_needed", ...given };
  if (!ownerOf(dataDir)) {
    throw new StartError(
      "LiveAssist does not run here. Start it with npm start, or set DATABASE_URL and STRIPE_SECRET_KEY.",
    );
  }
  const found = databaseUrl ?? (await findRunningPostgres(join(dataDir, "postgres")));
  if (!found) throw new StartError("LiveAssist is just starting or stopping. Try again in a moment.");
  return {
    STRIPE_WEBHOOK_SECRET: "whsec_not_needed",
    ...given,
    ...emulatorOf(settings),
    DATABASE_URL: found,
  };
}

function emulatorOf({ dataDir, emulator }: Settings): Record<string, string> {
  if (!emulator) return {};
  const port = readKept(dataDir, "emulator-port");
  if (!port) throw new StartError("LiveAssist is just starting. Try again in a moment.");
  const url = `http://127.0.0.1:${port}`;
  return {
    STRIPE_SECRET_KEY: EMULATOR_KEY,
    STRIPE_API_BASE: url,
    CLOCK_URL: `${url}/_emulator/clock`,
  };
}
