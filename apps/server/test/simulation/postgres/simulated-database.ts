import type { Sql } from "@liveassist/db";

/** Opens a pool's connections, so that none is opened, and sets timers of its own, while a life has taken the timers over. */
export async function warmUp(sql: Sql, connections: number): Promise<void> {
  await Promise.all(Array.from({ length: connections }, () => sql`select pg_sleep(0.05)`));
}
