import { AsyncLocalStorage } from "node:async_hooks";
import type { Db, Sql } from "@liveassist/db";
import * as schema from "@liveassist/db/schema";
import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { Effects, Verdict } from "../effects.ts";

type Client = Sql | postgres.TransactionSql;
type Params = Parameters<Client["unsafe"]>[1];

const cut = (): Error => Object.assign(new Error("write CONNECTION_CLOSED"), { code: "CONNECTION_CLOSED" });

/** What happened in the database: watched for what the checks need to know. */
export interface Watched {
  /** A statement or a transaction that may have written has ended. */
  onWrite(): void;
  /** An observation drew its number; its process asked for it at `askedAt` (ms). */
  onNumber(seq: number, askedAt: number): void;
  /** These events are stored. */
  onStored(eventIds: readonly string[]): void;
  /** Somebody in an open transaction waits for another connection: with all of them busy so, everybody waits. */
  onOutside(text: string): void;
  /** A process died inside a transaction. */
  onDeath(server: string): void;
}

export interface Gate {
  readonly sql: Sql;
  readonly effects: Effects;
  readonly server: string;
  readonly watched: Watched;
  readonly now: () => number;
}

/** Which transaction code runs in, and whether it is still open. */
const transactionOf = new AsyncLocalStorage<{ isOpen: boolean }>();

const NUMBER = "nextval('observation_seq')";
const STORES = /^\s*insert into webhook_events/i;
const idsIn = (params: Params): string[] =>
  (JSON.parse(String(params?.[0])) as { event_id: string }[]).map(({ event_id }) => event_id);
const shorten = (text: string): string => text.replaceAll(/\s+/g, " ").slice(0, 90);

/** The real database of one process, whose every statement and transaction waits for the scheduler. */
export function gatedDatabase(gate: Gate): Db {
  const client = new Proxy(gate.sql, {
    get(target, key, receiver) {
      if (key === "unsafe") return (text: string, params: Params) => statement(gate, text, params);
      if (key === "begin") return (work: (tx: postgres.TransactionSql) => unknown) => transaction(gate, work);
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  return drizzle(client, { schema });
}

function statement(gate: Gate, text: string, params: Params) {
  const run = async (asValues: boolean): Promise<unknown> => {
    const { effects, server, watched } = gate;
    if (transactionOf.getStore()?.isOpen) {
      watched.onOutside(shorten(text));
      throw cut();
    }
    const askedAt = gate.now();
    const verdict = await effects.park(server, "statement", shorten(text));
    if (verdict.kind === "fail") throw cut();
    const rows = await effects.fly(async () => {
      const query = gate.sql.unsafe(text, params, { prepare: true });
      return asValues ? await query.values() : await query;
    });
    if (!/^\s*select/i.test(text)) watched.onWrite();
    if (STORES.test(text)) watched.onStored(idsIn(params));
    if (text.includes(NUMBER)) watched.onNumber(Number((rows[0] as { seq?: unknown }).seq), askedAt);
    if (verdict.kind === "lost") throw cut();
    return rows;
  };
  return lazily(run);
}

/** As the driver's own queries: nothing is sent before somebody awaits it, as objects or as `values`. */
const lazily = (run: (asValues: boolean) => Promise<unknown>) => ({
  values: () => run(true),
  // biome-ignore lint/suspicious/noThenProperty: the driver's queries are thenables
  then: (done: (rows: unknown) => unknown, failed: (error: unknown) => unknown) =>
    run(false).then(done, failed),
});

async function transaction(gate: Gate, work: (tx: postgres.TransactionSql) => unknown): Promise<unknown> {
  const { effects, server, watched } = gate;
  const verdict = await effects.park(server, "transaction", "a transaction");
  if (verdict.kind === "fail") throw cut();
  const state = { isOpen: true };
  const result = await effects
    .fly(() =>
      gate.sql.begin((tx) =>
        transactionOf.run(state, () => work(dying(gate, tx, verdict)) as Promise<unknown>),
      ),
    )
    .finally(() => {
      state.isOpen = false;
    });
  watched.onWrite();
  if (verdict.kind === "die") {
    watched.onDeath(server);
    return new Promise(() => {});
  }
  if (verdict.kind === "lost") throw cut();
  return result;
}

/** Inside a transaction statements run on; a process that is to die there takes the transaction with it. */
function dying(gate: Gate, tx: postgres.TransactionSql, verdict: Verdict): postgres.TransactionSql {
  let issued = 0;
  return new Proxy(tx, {
    get(target, key, receiver) {
      if (key !== "unsafe") return Reflect.get(target, key, receiver) as unknown;
      return (text: string, params: Params) => {
        issued += 1;
        if (verdict.kind === "die" && issued >= verdict.statement && !gate.effects.isDead(gate.server))
          gate.watched.onDeath(gate.server);
        if (gate.effects.isDead(gate.server)) return lazily(() => Promise.reject(cut()));
        return target.unsafe(text, params, { prepare: true });
      };
    },
  });
}
