import type Stripe from "stripe";
import { type Expandable, expandablePaths } from "./expandable-paths.ts";
import { IMPLEMENTED } from "./implemented-methods.ts";
import { callMethod, ends } from "./read-everything.ts";

/** What became of each expandable property (`subscription.latest_invoice`) when it was asked for. */
export type Expansions = Map<string, "whole" | "nothing there" | "refused" | "still an id">;

const LISTS = new Map(IMPLEMENTED.map((method) => [method.call, method]));
/** Events show objects as they were, and nothing more. */
const RETRIEVES = IMPLEMENTED.flatMap((method) => {
  const list = LISTS.get(method.call.replace(/\/:id$/, ""));
  const reads = /^GET [^:]+\/:id$/.test(method.call) && !method.call.startsWith("GET /v1/events/");
  return reads && list !== undefined ? [{ method, list }] : [];
});

/** Retrieves objects of each kind once more, with each property expanded that their types call expandable. */
export async function expandEverything(stripe: Stripe, expansions: Expansions): Promise<void> {
  for (const { method, list } of RETRIEVES) {
    const answer = await callMethod(stripe, list.name, [{ limit: 100 }]).catch(() => ({ data: [] }));
    for (const { id } of ends(answer["data"] as { id: string }[])) {
      const object = JSON.parse(JSON.stringify(await callMethod(stripe, method.name, [id]))) as unknown;
      for (const property of expandablePaths(object, method.answer())) {
        if (isKnown(expansions, property)) continue;
        const expanded = callMethod(stripe, method.name, [id, { expand: [property.path] }]);
        expansions.set(property.name, await outcomeOf(expanded, property));
      }
    }
  }
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
