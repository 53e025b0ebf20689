import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedPostgresError } from "./error.ts";
import { giveTo, type RunAs, spawnAs } from "./run-as.ts";

/** The superuser of every embedded cluster. */
export const SUPERUSER = "liveassist";

const UNFINISHED = "unfinished-";

/** Where the cluster goes, the initdb program, who owns it, and whether it is synced to disk. */
export type NewCluster = { folder: string; initdb: string; who: RunAs; durable: boolean };

/**
 * Makes the cluster with initdb unless it is there. It is built beside its place and renamed when complete, so that a
 * cluster in its place is always whole; what a killed initdb left is removed. Ends in EmbeddedPostgresError.
 */
export async function createCluster(options: NewCluster): Promise<void> {
  const { folder, initdb, who } = options;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(UNFINISHED)) continue;
    // An initdb that outlived its starter may still write there: then a later start removes the rest.
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
  const cluster = join(folder, "cluster");
  if (existsSync(join(cluster, "PG_VERSION"))) return;
  if (existsSync(cluster))
    throw new EmbeddedPostgresError(`${cluster} is no Postgres data folder. Move it away.`);

  const unfinished = await mkdtemp(join(folder, UNFINISHED));
  const [built, passwordCopy] = [join(unfinished, "cluster"), join(unfinished, "password")];
  await mkdir(built, { mode: 0o700 });
  await writePrivately(passwordCopy, await ensurePassword(folder));
  await giveTo(who, unfinished, built, passwordCopy);
  await runInitdb(initdb, who, [
    ...[`--pgdata=${built}`, `--username=${SUPERUSER}`, `--pwfile=${passwordCopy}`, "--auth=scram-sha-256"],
    ...["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
    ...(options.durable ? [] : ["--no-sync"]),
  ]);
  await rename(built, cluster);
  await rm(unfinished, { recursive: true, force: true });
}

/** The superuser's password, kept beside the cluster, readable by its owner alone. Ends in EmbeddedPostgresError. */
export async function readPassword(folder: string): Promise<string> {
  const path = join(folder, "password");
  try {
    return (await readFile(path, "utf8")).trim();
  } catch {
    throw new EmbeddedPostgresError(`Cannot read ${path}. Delete ${folder} to begin with an empty database.`);
  }
}

async function ensurePassword(folder: string): Promise<string> {
  const path = join(folder, "password");
  if (!existsSync(path)) await writePrivately(path, randomBytes(24).toString("hex"));
  return readPassword(folder);
}

// Written whole under another name first: a kill must not leave an empty password behind.
async function writePrivately(path: string, text: string): Promise<void> {
  const file = await open(`${path}.part`, "w", 0o600);
  await file.writeFile(`${text}\n`);
  await file.sync();
  await file.close();
  await rename(`${path}.part`, path);
}

function runInitdb(initdb: string, who: RunAs, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawnAs(who, [initdb, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    child.once("error", (error) =>
      reject(new EmbeddedPostgresError(`Cannot run ${initdb}: ${error.message}`)),
    );
    child.once("close", (code, signal) => {
      if (code === 0) return resolve();
      const why =
        said.split("\n").find((line) => line.includes("error:")) ?? said.trim().split("\n").at(-1) ?? "";
      reject(
        new EmbeddedPostgresError(
          `Cannot create the database: initdb ended with ${code ?? signal}. ${why} (or set DATABASE_URL)`,
        ),
      );
    });
  });
}
