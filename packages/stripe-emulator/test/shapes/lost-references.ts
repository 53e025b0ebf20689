import type Stripe from "stripe";
import type { Reference } from "./check-value.ts";
import { type Kind, kindsOfObjects } from "./kinds-of-objects.ts";
import { callMethod } from "./read-everything.ts";

const KINDS = kindsOfObjects();

/**
 * Ids that lead nowhere, or to another kind of object than their types say. `known` holds the kind of every object
 * that was ever on the wire; what never was is asked for.
 */
export async function lostReferences(
  stripe: Stripe,
  references: readonly Reference[],
  known: ReadonlyMap<string, string>,
): Promise<string[]> {
  const lost: string[] = [];
  const asked = new Set<string>();
  for (const { path, id, kinds } of references) {
    const kind = known.get(id);
    const at = path.replaceAll(/\[\d+\]/g, "[]");
    if (kind !== undefined && !kinds.includes(kind))
      lost.push(`${at} is the id of a ${kind}, must be of ${kinds.join(" | ")}`);
    if (kind !== undefined || asked.has(id)) continue;
    asked.add(id);
    const readers = kinds
      .flatMap((each) => KINDS.get(each) ?? [])
      .filter(({ retrieve }) => retrieve !== null);
    if (readers.length > 0 && !(await isThere(stripe, id, readers)))
      lost.push(`${at} is "${id.slice(0, 12)}…", and there is no such ${kinds.join(" | ")}`);
  }
  return [...new Set(lost)];
}

async function isThere(stripe: Stripe, id: string, readers: readonly Kind[]): Promise<boolean> {
  for (const { retrieve } of readers) {
    const found = await callMethod(stripe, retrieve?.name ?? "", [id]).catch(() => null);
    if (found !== null) return true;
  }
  return false;
}
