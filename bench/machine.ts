import { statfs } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import type { TestDatabase } from "../packages/db/src/test-cluster.ts";
import { median } from "./statistics.ts";

const TMPFS = 0x01021994;
const COMMITS = 30;

/** What the figures were taken on: figures of two machines say nothing about one another, ratios do. */
export async function describeMachine({ sql }: TestDatabase): Promise<string> {
  const [row] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
  const times: number[] = [];
  for (let index = 0; index < COMMITS; index++) {
    const start = performance.now();
    await sql`insert into app_state (key, value) values (${`bench${index}`}, '')`;
    times.push(performance.now() - start);
  }
  await sql`delete from app_state`;
  const { type } = await statfs(tmpdir());
  const disk = type === TMPFS ? "; the temporary folder is in memory: NO disk is waited for" : "";
  const load = loadavg()[0]?.toFixed(1);
  return [
    `Node ${process.versions.node}, PostgreSQL ${row?.version}, ${availableParallelism()} cores, load ${load} before`,
    `fsync, synchronous_commit and full_page_writes are on; one durable commit takes ${median(times).toFixed(1)} ms${disk}`,
  ].join("\n");
}
