import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@liveassist/db/embedded";
import { openSteadyRoad, type SteadyRoad } from "../crash/steady-road.ts";
import { BrowserUser } from "./browser-user.ts";
import { ChatUser } from "./chat-user.ts";
import type { ChatWorld } from "./chat-world.ts";
import { runServer, type ServerProcess } from "./server-process.ts";

/** A server of its own process that will be stopped, beside one that stays, behind one address as behind a balancer. */
export interface LeavingServer extends AsyncDisposable {
  readonly process: ServerProcess;
  /** The server itself, past the balancer. */
  readonly url: string;
  /** Leads to the server that will leave, until it is told to lead to the one that stays. */
  readonly road: SteadyRoad;
  /** Signed up at the one that stays, and with a session, both through the balancer. */
  person(name: string): Promise<ChatUser>;
  /** Asks the process to stop, and resolves when it has begun to. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts it on the world's database. */
export async function startLeavingServer({ shared, server }: ChatWorld): Promise<LeavingServer> {
  const folder = await mkdtemp(join(tmpdir(), "liveassist-leaving-"));
  const port = await freePort();
  const { stripe, database, env = {} } = shared;
  const process = runServer({
    ...env,
    PORT: String(port),
    DATA_DIR: folder,
    DATABASE_URL: String(database?.url),
    STRIPE_SECRET_KEY: "sk_test_123",
    STRIPE_WEBHOOK_SECRET: stripe.secret,
    STRIPE_API_BASE: stripe.url,
    RATE_LIMITS: "off",
    RECONCILE_EVERY_SECONDS: "86400",
  });
  await process.logged("listening");
  const road = await openSteadyRoad(port);
  return {
    process,
    url: `http://127.0.0.1:${port}`,
    road,
    async person(name) {
      const here = await new BrowserUser(server.url).signUp(name);
      const user = await here.elsewhere(`http://127.0.0.1:${road.port}`);
      user.origin = server.url;
      return ChatUser.begin(user);
    },
    async stop(signal = "SIGTERM") {
      process.child.kill(signal);
      await process.logged("stopping");
    },
    async [Symbol.asyncDispose]() {
      await process.kill();
      await road.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
