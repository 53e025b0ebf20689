import { wordsOf } from "./check-value.ts";
import { IMPLEMENTED } from "./implemented-methods.ts";
import { flat, type Hash, type Shape } from "./resolve-type.ts";
import type { SdkMethod } from "./sdk-methods.ts";

/** A kind of object that some method answers with. */
export interface Kind {
  type: Hash;
  /** The method that reads one of them by its id. */
  retrieve: SdkMethod | null;
}

/** Every kind of object that the methods answer with, by its word (`checkout.session`). */
export function kindsOfObjects(): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const method of IMPLEMENTED)
    for (const type of hashesOf(method.answer())) {
      const kind = wordsOf(type, "object")[0];
      if (kind === undefined || wordsOf(type, "deleted").length > 0) continue;
      const reads = /^GET [^:]+\/:id$/.test(method.call);
      kinds.set(kind, { type, retrieve: reads ? method : (kinds.get(kind)?.retrieve ?? null) });
    }
  return kinds;
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
