import { typeOf } from "./check-value.ts";
import { flat, type Shape } from "./resolve-type.ts";

/** A property that the types call expandable: the id of another object, or that object, or a list only there if asked for. */
export interface Expandable {
  /** As `expand[]` wants it: `items.data.price.product`. */
  path: string;
  /** The kind of object it belongs to, and where in it: `price.product`. */
  name: string;
  /** There is an id to be replaced. */
  filled: boolean;
}

/** Stripe expands no deeper. */
const LEVELS = 4;

/** What can be expanded in an object as it is, by its type; each once, though a list may hold many. */
export function expandablePaths(value: unknown, shape: Shape): Expandable[] {
  const found = new Map<string, Expandable>();
  walk(value, shape, { path: [], name: [], found });
  return [...found.values()];
}

interface Place {
  path: readonly string[];
  name: readonly string[];
  found: Map<string, Expandable>;
}

function walk(value: unknown, shape: Shape, place: Place): void {
  if (Array.isArray(value)) {
    const list = flat(shape).find((each) => each.is === "list");
    if (list !== undefined) for (const each of value) walk(each, list.of, place);
    return;
  }
  if (typeof value !== "object" || value === null || place.path.length === LEVELS) return;
  const type = typeOf(value, shape);
  const fields = value as Record<string, unknown>;
  const isObject = typeof fields["object"] === "string" && fields["object"] !== "list";
  const name = isObject ? [String(fields["object"])] : place.name;
  for (const [key, property] of type?.properties() ?? []) {
    const at = { path: [...place.path, key], name: [...name, key], found: place.found };
    const inner = property.shape();
    if (key in fields ? isExpandable(inner) : isIncludable(inner)) note(at, fields[key]);
    walk(fields[key], inner, at);
  }
}

function note({ path, name, found }: Place, value: unknown): void {
  const known = found.get(path.join("."));
  const filled =
    known?.filled === true || typeof value === "string" || (Array.isArray(value) && value.length > 0);
  found.set(path.join("."), { path: path.join("."), name: name.join("."), filled });
}

/** An optional list of other objects, as an invoice's payments. */
function isIncludable(shape: Shape): boolean {
  return flat(shape).some((each) => each.is === "hash" && each.name === "ApiList");
}

function isExpandable(shape: Shape): boolean {
  const shapes = flat(shape);
  const inner = shapes.find((each) => each.is === "list");
  if (inner !== undefined) return isExpandable(inner.of);
  const isObject = (each: Shape) => each.is === "hash" && each.properties().has("id");
  return shapes.some(({ is }) => is === "string") && shapes.some(isObject);
}
