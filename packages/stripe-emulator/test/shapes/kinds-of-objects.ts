import { flat } from "./check-value.ts";
import { IMPLEMENTED } from "./implemented-methods.ts";
import type { Hash, Shape } from "./resolve-type.ts";

/** Every kind of object that some method answers with, by its word (`checkout.session`). */
export function kindsOfObjects(): Map<string, Hash> {
  const kinds = new Map<string, Hash>();
  for (const { answer } of IMPLEMENTED)
    for (const hash of hashesOf(answer())) {
      const kind = wordsOf(hash, "object")[0];
      const deleted = wordsOf(hash, "deleted").length > 0;
      if (kind !== undefined && kind !== "list" && !deleted) kinds.set(kind, hash);
    }
  return kinds;
}

/** The words a type has for a property: all the statuses of a subscription. */
export function wordsOf(hash: Hash, property: string): string[] {
  const shape = hash.properties().get(property)?.shape();
  return shape === undefined
    ? []
    : flat(shape).flatMap((each) => (each.is === "word" ? [String(each.word)] : []));
}

/** Calls back for every object in a value: itself, those in lists, and those that were expanded. */
export function eachObject(value: unknown, visit: (object: Record<string, unknown>) => void): void {
  if (typeof value !== "object" || value === null) return;
  if ("object" in value && typeof value.object === "string") visit(value as Record<string, unknown>);
  for (const inner of Object.values(value)) eachObject(inner, visit);
}

function hashesOf(shape: Shape): Hash[] {
  return flat(shape).flatMap((each) => {
    if (each.is !== "hash") return [];
    const data = each.properties().get("data")?.shape();
    return data?.is === "list" ? hashesOf(data.of) : [each];
  });
}
