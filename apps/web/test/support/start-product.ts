import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import { build } from "vite";
import { freePort } from "../../../../packages/db/src/embedded.ts";
import { type StartedApp, startApp } from "../../../server/test/support/start-app.ts";

const WEB = resolve(import.meta.dirname, "../..");
/** The built web app; `startProduct` builds it when it is missing. */
export const DIST = resolve(WEB, "dist");

export interface Product {
  readonly url: string;
  readonly app: StartedApp;
  readonly emulator: Emulator;
  stop(): Promise<void>;
}

/**
 * The whole product on free ports: the built web app, the real server and Postgres, and the emulator as Stripe. `env`
 * is added to the server's, such as where its AI is; without it the practice assistant answers.
 */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  if (!existsSync(resolve(DIST, "index.html"))) await build({ root: WEB, logLevel: "error" });
  const port = await freePort();
  const emulator = await startEmulator({ forwardTo: `http://127.0.0.1:${port}/api/webhooks/stripe` });
  const stripe = { url: emulator.url, secret: emulator.webhookSecret };
  // A month passes in a test as it passes at Stripe.
  const clock = { now: () => emulator.clock.now(), wall: () => Date.now() };
  const app = await startApp({ stripe, port, clock, webFolder: DIST, env });
  return {
    url: app.url,
    app,
    emulator,
    async stop() {
      await app.stop();
      await emulator.close();
    },
  };
}
