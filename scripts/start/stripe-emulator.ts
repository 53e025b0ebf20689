import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { keep, randomSecret, readKept } from "./data-folder.ts";
import { freePortNear } from "./listening-port.ts";
import { reachableHost, type Settings } from "./settings.ts";

/** The emulator's key: it opens nothing but the emulator on this machine. */
export const EMULATOR_KEY = "sk_test_liveassist_emulator";

const USUAL_PORT = 4010;

/** A running emulator, and what the server needs to know to use it. */
export type Emulator = { url: string; environment: Record<string, string>; stop(): Promise<void> };

/**
 * Starts the Stripe emulator on loopback, with its state in the data folder and its events sent to our server. Its port
 * is kept, so that addresses of open checkouts survive a restart; another one is taken only when that one is taken.
 */
export async function startStripeEmulator(settings: Settings, serverPort: number): Promise<Emulator> {
  const port = await freePortNear(Number(readKept(settings.dataDir, "emulator-port") ?? USUAL_PORT));
  const webhookSecret =
    settings.webhookSecret?.split(",")[0]?.trim() ??
    keep(settings.dataDir, "emulator-webhook-secret", () => randomSecret("whsec_"));
  const { startEmulator } = await import("../../packages/stripe-emulator/src/index.ts");
  const emulator = await startEmulator({
    port,
    dataFile: join(settings.dataDir, "stripe-emulator.json"),
    forwardTo: `http://${reachableHost(settings.dev ? undefined : settings.host)}:${serverPort}/api/webhooks/stripe`,
    webhookSecret,
    secretKey: EMULATOR_KEY,
  });
  writeFileSync(join(settings.dataDir, "emulator-port"), String(port));
  const environment = {
    STRIPE_SECRET_KEY: EMULATOR_KEY,
    STRIPE_WEBHOOK_SECRET: settings.webhookSecret ?? webhookSecret,
    STRIPE_API_BASE: emulator.url,
    // Five days that pass on the emulator's control page pass for the server, too.
    CLOCK_URL: `${emulator.url}/_emulator/clock`,
  };
  return { url: emulator.url, environment, stop: () => emulator.close() };
}
