import Stripe from "stripe";
import { type Core, createCore } from "../../src/core.ts";
import type { Settings } from "../../src/settings.ts";
import { TABLE_NAMES, type TableName } from "../../src/store/tables.ts";
import { forbidden, stateOf } from "./machines.ts";
import { Times } from "./times.ts";
import { LastTold } from "./told.ts";

/** One change of a document, as the store told of it. */
interface Seen {
  table: TableName;
  id: string;
  before: unknown;
  after: unknown;
}

/** Every table with its documents in order; two of them are equal when not a byte has changed. */
export type Photograph = Map<TableName, readonly unknown[]>;

/** A core that is watched: each document is frozen, each change noted. */
export interface WatchedCore {
  core: Core;
  stripe: Stripe;
  events: Stripe.Event[];
  lastTold: LastTold;
  times: Times;
  /** The changes since the last call. */
  seen(): Seen[];
  photograph(): Photograph;
}

export const START = Date.UTC(2026, 0, 31, 12);

/** Opens one. A document that is changed in place throws, since all are frozen. */
export function watch(seed: number, settings: Partial<Settings> = {}): WatchedCore {
  const core = createCore({ now: START, seed, settings });
  const events: Stripe.Event[] = [];
  const lastTold = new LastTold();
  core.onEvent((event) => {
    events.push(event);
    lastTold.hear(event);
  });
  const known = new Map<string, unknown>();
  let seen: Seen[] = [];
  core.store.watch((table, id) => {
    const after = freeze(core.store.get(table, id) ?? null);
    seen.push({ table, id, before: known.get(`${table}/${id}`) ?? null, after });
    known.set(`${table}/${id}`, after);
  });
  const httpClient = Stripe.createFetchHttpClient(core.fetch);
  return {
    core,
    stripe: new Stripe("sk_test_watched", { httpClient, maxNetworkRetries: 0 }),
    events,
    lastTold,
    times: new Times(core.store),
    seen() {
      const told = seen;
      seen = [];
      return told;
    },
    photograph: () => new Map(TABLE_NAMES.map((table) => [table, core.store.all(table)])),
  };
}

/** The tables that differ, in their rows or in the order of them. */
export function differences(a: Photograph, b: Photograph): TableName[] {
  return TABLE_NAMES.filter((table) => {
    const [one, two] = [a.get(table) ?? [], b.get(table) ?? []];
    return one.length !== two.length || one.some((row, index) => row !== two[index]);
  });
}

/** The steps among these changes that Stripe's machines do not have. */
export function forbiddenSteps(changes: readonly Seen[]): string[] {
  return changes.flatMap(({ table, id, before, after }) => {
    const from = before === null ? null : stateOf(table, before);
    const problem = from === null && after === null ? null : forbidden(table, from, stateOf(table, after));
    return problem === null ? [] : [`${problem} (${id})`];
  });
}

function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
  return value;
}
