import type { Sql } from "@liveassist/db";
import { Figures } from "../figures.ts";
import { SHARED_MOVES } from "../moves/all-moves.ts";
import type { World } from "../play.ts";
import { comeToRest } from "./come-to-rest.ts";
import { Life } from "./life.ts";
import { PEOPLE_MOVES } from "./people-moves.ts";
import { PROCESS_MOVES } from "./process-moves.ts";
import { QUOTA_MOVES } from "./quota-moves.ts";

/** The real billing code on this database, which is emptied for each life. */
export const postgresWorld = (sql: Sql): World<Life> => ({
  name: "postgres",
  moves: { ...PEOPLE_MOVES, ...QUOTA_MOVES, ...SHARED_MOVES, ...PROCESS_MOVES },
  async begin(seed) {
    await emptyDatabase(sql);
    const life = new Life(sql, seed, new Figures());
    await life.begin();
    return life;
  },
  settled: (life) => life.effects.settled(),
  rest: (life, seed) => comeToRest(life, seed),
  end: (life) => life.end(),
});

async function emptyDatabase(sql: Sql): Promise<void> {
  const tables = await sql<{ name: string }[]>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`;
  await sql.unsafe(`truncate ${tables.map(({ name }) => name).join(", ")} restart identity cascade`);
  await sql`alter sequence observation_seq restart`;
}
