import type { AddressInfo } from "node:net";
import Fastify from "fastify";
import type { Sql } from "../packages/db/src/index.ts";
import type { Bare } from "./bare-server.ts";

/** As long as the product believes a login (apps/server/src/logins.ts). */
const BELIEVED_MS = 5_000;

export const BARE_STATUS = "/status";

/**
 * The floor of the status read: a Fastify route without plugins that reads the user's row by its key and answers it. Who
 * calls is remembered by the whole cookie header for 5 s, then asked of `auth_sessions` again, as the product does.
 */
export async function startBareStatus(sql: Sql): Promise<Bare> {
  const believed = new Map<string, { readonly userId: string; readonly until: number }>();

  async function whoCalls(cookie: string): Promise<string | null> {
    const known = believed.get(cookie);
    if (known && known.until > Date.now()) return known.userId;
    const value = decodeURIComponent(/session_token=([^;]+)/.exec(cookie)?.[1] ?? "");
    const token = value.split(".")[0] ?? "";
    const [login] = await sql<{ user_id: string }[]>`select user_id from auth_sessions
      where token = ${token} and expires_at > ${new Date().toISOString()}`;
    if (!login) return null;
    believed.set(cookie, { userId: login.user_id, until: Date.now() + BELIEVED_MS });
    return login.user_id;
  }

  const app = Fastify();
  app.get(BARE_STATUS, async (request, reply) => {
    const userId = await whoCalls(request.headers.cookie ?? "");
    if (userId === null) return reply.code(401).send({ error: "unauthenticated" });
    const [row] = await sql`select subscription_status, stripe_status, trial_ends_at, subscription_expiry,
      cancel_at, trial_used_at, image_counter from users where id = ${userId}`;
    return row;
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
}
