import type { RandomSource } from "@liveassist/api";
import type { Db } from "@liveassist/db";
import { appState } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import type { Config } from "./config.ts";

const KEY = "auth_secret";

/** `AUTH_SECRET`; on a loopback address one is made once and kept with the data, so that logins survive a restart (R12). */
export async function authSecret(
  config: Config,
  { db, random }: { db: Db; random: RandomSource },
): Promise<string> {
  if (config.AUTH_SECRET !== undefined) return config.AUTH_SECRET;
  await db.insert(appState).values({ key: KEY, value: random.token() }).onConflictDoNothing();
  const [kept] = await db.select({ value: appState.value }).from(appState).where(eq(appState.key, KEY));
  if (!kept) throw new Error("the kept secret is gone");
  return kept.value;
}
