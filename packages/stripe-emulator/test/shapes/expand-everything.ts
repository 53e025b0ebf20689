import type Stripe from "stripe";
import { type Expandable, expandablePaths } from "./expandable-paths.ts";
import { eachObject, kindsOfObjects } from "./kinds-of-objects.ts";
import { callMethod } from "./read-everything.ts";
import type { Exchange } from "./record-exchanges.ts";

/** What became of each expandable property (`subscription.latest_invoice`) when it was asked for. */
export type Expansions = Map<string, "whole" | "nothing there" | "refused" | "still an id">;

/** Events show objects as they were, and nothing more. */
const KINDS = [...kindsOfObjects()].flatMap(([kind, { type, retrieve }]) =>
  retrieve === null || kind === "event" ? [] : [{ kind, type, method: retrieve.name }],
);

/** Retrieves objects of each kind once more, with each property expanded that their types call expandable. */
export async function expandEverything(
  stripe: Stripe,
  exchanges: readonly Exchange[],
  expansions: Expansions,
): Promise<void> {
  const seen = idsByKind(exchanges);
  for (const { kind, type, method } of KINDS)
    for (const id of seen.get(kind) ?? []) {
      const found = await callMethod(stripe, method, [id]).catch(() => null);
      if (found === null) continue; // deleted since
      for (const property of expandablePaths(JSON.parse(JSON.stringify(found)), type)) {
        if (isKnown(expansions, property)) continue;
        const expanded = callMethod(stripe, method, [id, { expand: [property.path] }]);
        expansions.set(property.name, await outcomeOf(expanded, property));
      }
    }
}

/** The first and the last that was seen of each kind. */
function idsByKind(exchanges: readonly Exchange[]): Map<string, Set<string>> {
  const ids = new Map<string, string[]>();
  for (const { body } of exchanges)
    eachObject(body, ({ object, id }) => {
      const kind = String(object);
      if (typeof id === "string") ids.set(kind, [...(ids.get(kind) ?? []).slice(0, 1), id]);
    });
  return new Map([...ids].map(([kind, both]) => [kind, new Set(both)]));
}

/** Another object is worth a try where nothing was there to be expanded. */
function isKnown(expansions: Expansions, { name, filled }: Expandable): boolean {
  const known = expansions.get(name);
  return known === "nothing there" ? !filled : known !== undefined;
}

async function outcomeOf(
  call: Promise<unknown>,
  { path, filled }: Expandable,
): Promise<"whole" | "nothing there" | "refused" | "still an id"> {
  try {
    const values = path.split(".").reduce(inside, [await call]);
    if (values.some((value) => typeof value === "string")) return "still an id";
    return filled ? "whole" : "nothing there";
  } catch {
    return "refused";
  }
}

function inside(values: unknown[], key: string): unknown[] {
  return values.flatMap((value) => (value as Record<string, unknown> | null)?.[key] ?? []);
}
