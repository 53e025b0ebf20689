import type { TestDatabase } from "../packages/db/src/test-cluster.ts";
import { type Buyer, payAtStripe, writeCheckouts, writeUsers } from "./buyers.ts";
import type { Stage } from "./stage.ts";

const BUYERS = 100;

/** The product and the floor side by side, each with the same buyers in a database of its own, all of them listening. */
export interface Market {
  readonly buyers: readonly Buyer[];
  /** The first buyer's session cookie. */
  readonly cookie: string;
  readonly real: { readonly port: number; readonly database: TestDatabase };
  readonly bare: { readonly pushPort: number; readonly statusPort: number; readonly database: TestDatabase };
  close(): Promise<void>;
}

export async function openMarket(stage: Stage): Promise<Market> {
  const buyers = payAtStripe(stage.stub, BUYERS);
  const [ours, theirs] = [await stage.database(), await stage.database()];
  for (const { sql } of [ours, theirs]) await writeUsers(sql, BUYERS);
  const served = await stage.serve(ours, { works: true });
  const floor = stage.startFloor();
  const { url: stripeUrl, secret } = stage.stub;
  const ports = await floor.ask("start", { databaseUrl: theirs.url, stripeUrl, secret });

  const cookies = await served.child.ask(
    "signIn",
    buyers.map((buyer) => buyer.userId),
  );
  await copyLogins(ours, theirs);
  const users = buyers.map(({ userId }, index) => ({ userId, cookie: cookies[index] ?? "" }));
  await stage.generator.ask("listen", { port: served.port, dialect: "trpc", users });
  await stage.generator.ask("listen", { port: ports.pushPort, dialect: "raw", users });
  for (const { sql } of [ours, theirs]) await writeCheckouts(sql, BUYERS);
  return {
    buyers,
    cookie: cookies[0] ?? "",
    real: { port: served.port, database: ours },
    bare: { ...ports, database: theirs },
    async close() {
      await floor.stop();
      await served.child.stop();
    },
  };
}

/** The floor knows the same logins, so that both look the same cookie up. */
async function copyLogins(from: TestDatabase, to: TestDatabase): Promise<void> {
  const logins = await from.sql`select id, token, user_id, expires_at from auth_sessions`;
  await to.sql`insert into auth_sessions ${to.sql([...logins], "id", "token", "user_id", "expires_at")}`;
}
