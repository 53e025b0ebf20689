import { existsSync } from "node:fs";
import { join } from "node:path";
import { findRunningPostgres, startEmbeddedPostgres } from "../../packages/db/src/embedded.ts";
import { createDb, explainConnectionError, probeServer } from "../../packages/db/src/index.ts";
import { ownerOf, takeDataFolder } from "./data-folder.ts";
import type { Settings } from "./settings.ts";
import { StartError } from "./start-error.ts";

/**
 * Gives the account with this e-mail the role admin, in the user's own database or in the embedded one, which is started
 * for the moment if it does not run. Returns what happened, in one line. Ends in StartError for an unknown e-mail.
 */
export async function grantAdmin(settings: Settings, email: string): Promise<string> {
  if (settings.databaseUrl) return grantIn(settings.databaseUrl, email);
  const folder = join(settings.dataDir, "postgres");
  if (!existsSync(join(folder, "cluster"))) {
    throw new StartError(
      `There is no database in ${settings.dataDir} yet. Run npm start first, or set DATABASE_URL.`,
    );
  }
  if (ownerOf(settings.dataDir)) {
    const url = await findRunningPostgres(folder);
    if (url) return grantIn(url, email);
    throw new StartError("LiveAssist is just starting or stopping. Try again in a moment.");
  }
  await using parts = new AsyncDisposableStack();
  parts.defer(takeDataFolder(settings.dataDir));
  const server = await startEmbeddedPostgres({ dataDir: folder });
  parts.defer(() => server.stop());
  return await grantIn(server.url, email);
}

async function grantIn(url: string, email: string): Promise<string> {
  const { sql, close } = createDb(url, { max: 1, applicationName: "liveassist grant-admin" });
  try {
    await probeServer(url);
    const [user] = await sql`
      with found as (select id, email, role from users where lower(email) = lower(${email}) for update),
           changed as (update users set role = 'admin' from found where users.id = found.id)
      select email, role from found`;
    if (!user)
      throw new StartError(
        `There is no account with the e-mail ${email}. Sign up first, then run this again.`,
      );
    return user["role"] === "admin"
      ? `${user["email"]} is an admin already.`
      : `${user["email"]} is an admin now.`;
  } catch (error) {
    if ((error as { code?: string }).code === "42P01") {
      throw new StartError(
        "The database has no tables yet. Start LiveAssist on it once, then run this again.",
      );
    }
    throw explainConnectionError(url, error) ?? error;
  } finally {
    await close();
  }
}
