import type postgres from "postgres";

type Client = postgres.Sql | postgres.TransactionSql;
type Callback = (client: Client) => unknown;
type Call = (...args: unknown[]) => unknown;

/**
 * Makes every statement that goes through `unsafe` a prepared one, also inside transactions. drizzle turns preparing off
 * for each query it builds, and then every query is parsed, described and planned again (two to three times slower).
 * Statements must not vary with the length of a list: use `anyOf`.
 */
export function prepareStatements<C extends Client>(client: C): C {
  return new Proxy(client, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof value !== "function") return value;
      if (key === "unsafe") return prepare(target, value as Call);
      if (key === "begin" || key === "savepoint") return insideToo(target, value as Call);
      return value;
    },
  });
}

const prepare =
  (target: Client, unsafe: Call): Call =>
  (text, params, options) =>
    unsafe.call(target, text, params, { ...(options as object | undefined), prepare: true });

/** The callback is the last argument; it gets a client of its own. */
const insideToo =
  (target: Client, begin: Call): Call =>
  (...args) => {
    const callback = args.at(-1) as Callback;
    return begin.call(target, ...args.slice(0, -1), (inner: Client) => callback(prepareStatements(inner)));
  };
