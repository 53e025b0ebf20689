import { buildApp } from "../apps/server/src/app.ts";
import { readConfig } from "../apps/server/src/config.ts";
import { startDeps } from "../apps/server/src/deps.ts";
import { freePort } from "../packages/db/src/embedded.ts";
import { answerParent } from "./child.ts";
import { addVerifyOnly } from "./verify-only.ts";

export interface RealSettings {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly stripeUrl: string;
  readonly secret: string;
  /** False: what the webhook route stores waits, so that only the route is measured. */
  readonly works: boolean;
  /** The built web app; without it only the API is served. */
  readonly webFolder?: string | undefined;
  /** An OpenAI-compatible model; without it the practice assistant answers. */
  readonly modelUrl?: string | undefined;
}

let stop: () => Promise<void> = async () => {};
let signInOne: (userId: string) => Promise<string> = () => Promise.reject(new Error("not started"));

/** The product as it is served, in a process of its own, with its ordinary log (to nowhere). */
const handlers = {
  start: async (settings: RealSettings): Promise<{ port: number }> => {
    const port = await freePort();
    const config = readConfig({
      PORT: String(port),
      DATABASE_URL: settings.databaseUrl,
      DATA_DIR: settings.dataDir,
      STRIPE_SECRET_KEY: "sk_test_bench",
      STRIPE_WEBHOOK_SECRET: settings.secret,
      STRIPE_API_BASE: settings.stripeUrl,
      // A day: a walk through everything is not what is measured.
      RECONCILE_EVERY_SECONDS: "86400",
      ...(settings.modelUrl ? { AI_BASE_URL: settings.modelUrl, AI_MODEL: "bench" } : {}),
    });
    const running = await startDeps(config);
    if (!settings.works) await running.inbox.stop();
    const app = await buildApp(running, {
      webFolder: settings.webFolder ?? settings.dataDir,
      trustProxy: false,
      adminEmails: [],
    });
    addVerifyOnly(app, running.deps);
    await app.listen({ port, host: "127.0.0.1" });
    stop = async () => {
      await app.close();
      await running.stop();
    };
    signInOne = async (userId) => {
      const answer = await running.auth.api.restoreLogin({ body: { userId }, asResponse: true });
      const [cookie] = answer.headers.getSetCookie();
      if (cookie === undefined) throw new Error(`${userId} could not be signed in`);
      return cookie.split(";")[0] ?? "";
    };
    return { port };
  },

  /** The session cookies of these users, by their own logins. */
  signIn: (userIds: readonly string[]): Promise<string[]> => Promise.all(userIds.map(signInOne)),
};

export type RealServer = typeof handlers;

answerParent(handlers, () => stop());
