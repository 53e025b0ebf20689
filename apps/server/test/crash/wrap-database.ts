import type { Db } from "@liveassist/db";
import * as schema from "@liveassist/db/schema";
import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { Failpoints } from "./failpoints.ts";
import { callerOf, nameStatement } from "./name-effect.ts";

type Client = postgres.Sql | postgres.TransactionSql;
type Call = (...args: unknown[]) => unknown;
type Pending = PromiseLike<unknown> & { values(): PromiseLike<unknown> };

/** Says the whole name of an effect, from the file that asks and what it asks. */
export type Naming = (caller: string, what: string) => string;

/** The same database, with a failpoint before and after each statement, begin and commit. */
export function wrapDatabase(db: Db & { $client: postgres.Sql }, points: Failpoints, naming: Naming): Db {
  return drizzle(wrapClient(db.$client, points, naming), { schema });
}

function wrapClient<C extends Client>(client: C, points: Failpoints, naming: Naming): C {
  return new Proxy(client, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof value !== "function") return value;
      if (key === "unsafe") {
        return (text: string, ...rest: unknown[]) => {
          const pending = (value as Call).call(target, text, ...rest) as Pending;
          return interpose(pending, points, naming(callerOf(new Error("where").stack), nameStatement(text)));
        };
      }
      if (key === "begin") {
        return (...args: unknown[]) => transact(target, value as Call, { args, points, naming });
      }
      return value;
    },
  });
}

/** A statement is sent when it is first awaited, so the point before it lies there, too. */
function interpose(pending: Pending, points: Failpoints, effect: string): Pending {
  return {
    values: () => interpose(pending.values() as Pending, points, effect),
    // biome-ignore lint/suspicious/noThenProperty: drizzle awaits what the driver gives it, and so must this be.
    then: (resolve, reject) => points.around(effect, () => pending).then(resolve, reject),
  };
}

async function transact(
  target: Client,
  begin: Call,
  { args, points, naming }: { args: unknown[]; points: Failpoints; naming: Naming },
): Promise<unknown> {
  const caller = callerOf(new Error("where").stack);
  const work = args.at(-1) as (inner: Client) => unknown;
  await points.awaitAt(`${naming(caller, "begin")}: before`);
  const answer = await begin.call(target, ...args.slice(0, -1), async (inner: Client) => {
    await points.awaitAt(`${naming(caller, "begin")}: after`);
    const result = await work(wrapClient(inner, points, naming));
    await points.awaitAt(`${naming(caller, "commit")}: before`);
    return result;
  });
  await points.awaitAt(`${naming(caller, "commit")}: after`);
  return answer;
}
