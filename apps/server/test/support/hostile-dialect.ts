import type { Draws } from "./draws.ts";

type Json = Record<string, unknown>;

/** How a Stripe may speak and still be Stripe. */
export interface Dialect {
  readonly oldestFirst: boolean;
  readonly pageSize: number;
  /** Where an id is allowed, the whole object stands. */
  readonly expands: boolean;
  /** Fields that say nothing are left out. */
  readonly terse: boolean;
  /** A trial's items name no period. */
  readonly bareTrials: boolean;
  /** Subscriptions can be listed without naming a customer. */
  readonly listsAll: boolean;
  /** There is a list of events. */
  readonly keepsEvents: boolean;
  /** Lists about a deleted customer are refused. */
  readonly forgetsDeleted: boolean;
}

export const dialectFrom = (draws: Draws): Dialect => ({
  oldestFirst: draws.chance(0.5),
  pageSize: draws.pick([1, 2, 100]),
  expands: draws.chance(0.5),
  terse: draws.chance(0.5),
  bareTrials: draws.chance(0.5),
  listsAll: draws.chance(0.5),
  keepsEvents: draws.chance(0.5),
  forgetsDeleted: draws.chance(0.5),
});

/** A stored object as this Stripe would say it, in an answer or in an event. */
export function speak(dialect: Dialect, object: Json, objects: ReadonlyMap<string, Json>): Json {
  return said(dialect, object, objects) as Json;
}

function said(dialect: Dialect, value: unknown, objects: ReadonlyMap<string, Json>): unknown {
  if (Array.isArray(value)) return value.map((one) => said(dialect, one, objects));
  if (value === null || typeof value !== "object") return value;
  const bare = dialect.bareTrials && (value as Json)["status"] === "trialing";
  const fields = Object.entries(value as Json).flatMap(([key, inner]): [string, unknown][] => {
    if (key.startsWith("_")) return [];
    if (dialect.terse && key !== "has_more" && (inner === null || inner === false)) return [];
    if (dialect.expands && (key === "customer" || key === "product") && typeof inner === "string")
      return [[key, objects.get(inner) ?? inner]];
    return [[key, said(dialect, bare && key === "items" ? withoutPeriods(inner) : inner, objects)]];
  });
  return Object.fromEntries(fields);
}

function withoutPeriods(items: unknown): unknown {
  const list = items as { data: Json[] };
  const data = list.data.map(({ current_period_start: _, current_period_end: __, ...item }) => item);
  return { ...list, data };
}
