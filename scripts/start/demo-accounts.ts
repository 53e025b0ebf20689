import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDb } from "../../packages/db/src/index.ts";
import { StartError } from "./start-error.ts";

/** The password of every demo account; they exist only in the embedded database. */
export const DEMO_PASSWORD = "liveassist-demo";
/** Who is made on the first start. */
export const DEMO_ACCOUNTS = [
  { email: "anna@example.com", name: "Anna Lind", role: "user" },
  { email: "bo@example.com", name: "Bo Ek", role: "user" },
  { email: "admin@example.com", name: "Ada Min", role: "admin" },
] as const;

/** Where to sign up, with which Origin, and the embedded database with its folder. */
export type DemoTarget = { server: string; appUrl: string; databaseUrl: string; clusterFolder: string };

/**
 * Makes the demo accounts through the server's own sign-up, once in the life of the embedded database: one a user
 * deleted does not come back, and a start killed half-way is completed by the next. Ends in StartError.
 */
export async function makeDemoAccounts(target: DemoTarget): Promise<void> {
  const marker = join(target.clusterFolder, "demo-accounts-made");
  if (existsSync(marker)) return;
  const { sql, close } = createDb(target.databaseUrl, { max: 1, applicationName: "liveassist start" });
  try {
    for (const account of DEMO_ACCOUNTS) {
      const [known] = await sql`select id from users where email = ${account.email}`;
      if (!known) await signUp(target, account);
      await sql`update users set role = ${account.role}, email_verified = true where email = ${account.email}`;
      // Signing up signs in, and nobody sits at that login.
      await sql`delete from auth_sessions where user_id in (select id from users where email = ${account.email})`;
    }
    writeFileSync(marker, "Delete this file, and missing demo accounts are made again at the next start.\n");
  } finally {
    await close();
  }
}

async function signUp(target: DemoTarget, account: { email: string; name: string }): Promise<void> {
  const response = await fetch(`${target.server}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: new URL(target.appUrl).origin },
    body: JSON.stringify({ email: account.email, name: account.name, password: DEMO_PASSWORD }),
  });
  if (response.ok) return;
  const answer = (await response.text()).slice(0, 200);
  throw new StartError(`Cannot make the demo account ${account.email}: ${response.status} ${answer}`);
}
