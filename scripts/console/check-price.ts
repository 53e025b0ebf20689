import type { Sql } from "../../packages/db/src/index.ts";
import { StartError } from "../start/start-error.ts";

/**
 * A command judges subscriptions as the servers do only with their price: with another, everybody's would be none of ours,
 * and whoever it syncs would be on Free. Ends in StartError when the servers have asked for prices, and never for this one.
 */
export async function checkPrice(sql: Sql, priceId: string | undefined): Promise<void> {
  const rows = await sql<{ key: string }[]>`select key from app_state where key like 'price:%'`;
  const known = rows.map(({ key }) => key);
  if (known.length === 0 || known.includes(`price:${priceId ?? "by-lookup-key"}`)) return;
  throw new StartError(
    `STRIPE_PRICE_ID is ${priceId === undefined ? "not set" : `"${priceId}"`} here, and the servers use another one. Run commands in the environment of the servers.`,
  );
}
