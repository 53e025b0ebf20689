import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import postgres from "postgres";

/** The program that starts a cluster in a process of its own. */
export const STARTER = fileURLToPath(new URL("./started-cluster-entry.ts", import.meta.url));

/** A cluster whose starter can be killed. */
export type StartedCluster = { child: ChildProcess; url: string; pid: number; adopted: boolean };

/** Starts a cluster from another process, as another user if `ids` says so (which only root can). */
export async function startInOwnProcess(
  dataDir: string,
  ids: { uid?: number; gid?: number } = {},
): Promise<StartedCluster> {
  const child = spawn(process.execPath, [STARTER, dataDir], { stdio: ["ignore", "pipe", "inherit"], ...ids });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, ...(JSON.parse(line.toString()) as Omit<StartedCluster, "child">) };
}

/** The first value of the answer, as text. */
export async function ask(url: string, question: string): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql.unsafe(question).values();
    return String(row?.[0]);
  } finally {
    await sql.end();
  }
}
