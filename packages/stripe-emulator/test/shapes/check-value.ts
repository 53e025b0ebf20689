import { flat, type Hash, type Shape } from "./resolve-type.ts";

/** What is wrong with a value, and where: `invoice.lines.data[0].pricing.type`. */
export interface Problem {
  path: string;
  says: string;
}

/** The id of another object, where the types allow the object itself as well. */
export interface Reference {
  path: string;
  id: string;
  /** What it may be the id of: `customer`. */
  kinds: string[];
}

export interface Findings {
  problems: Problem[];
  references: Reference[];
  /** How many properties were looked at. */
  properties: number;
}

type Fields = Record<string, unknown>;

/** Words that a value leaves behind when it got lost on its way into a text. */
const LOST = ["undefined", "null", "NaN", "[object Object]"];

/** Compares a value, as it was on the wire, with what its type requires. */
export function checkValue(value: unknown, shape: Shape, path: string): Findings {
  const findings: Findings = { problems: [], references: [], properties: 0 };
  look(value, shape, { path, part: false, findings });
  return findings;
}

interface Place {
  path: string;
  /** Only some properties are there: `previous_attributes` shows what changed and nothing else. */
  part: boolean;
  findings: Findings;
}

function look(value: unknown, shape: Shape, place: Place): void {
  const alternatives = flat(shape);
  const part = place.part || alternatives.some(({ is }) => is === "part");
  const shapes = alternatives.flatMap((each) => (each.is === "part" ? flat(each.of) : [each]));
  if (shapes.some(({ is }) => is === "anything")) return;
  if (Array.isArray(value)) lookThrough(value, shapes, { ...place, part: false });
  else if (typeof value === "object" && value !== null) {
    const best = bestOf(
      shapes.filter((each) => each.is === "hash"),
      value as Fields,
    );
    if (best === null) tell(place, `is a hash, must be ${namesOf(shapes)}`);
    else lookInside(value as Fields, best, { ...place, part: part && !("object" in value) });
  } else if (typeof value === "string" && LOST.includes(value)) tell(place, `says "${value}"`);
  else if (!isPlain(value, shapes)) tell(place, `is ${JSON.stringify(value)}, must be ${namesOf(shapes)}`);
  else if (typeof value === "string") refer(value, shapes, place);
}

function refer(id: string, shapes: readonly Shape[], { path, findings }: Place): void {
  const hashes = shapes.filter((each) => each.is === "hash").filter((hash) => hash.properties().has("id"));
  const kinds = hashes.flatMap((hash) => wordsOf(hash, "object"));
  if (hashes.length > 0) findings.references.push({ path, id, kinds });
}

function lookThrough(values: readonly unknown[], shapes: readonly Shape[], place: Place): void {
  const list = shapes.find((each) => each.is === "list");
  if (list === undefined) tell(place, `is a list, must be ${namesOf(shapes)}`);
  else
    for (const [index, value] of values.entries())
      look(value, list.of, { ...place, path: `${place.path}[${index}]` });
}

function lookInside(value: Fields, hash: Hash, place: Place): void {
  const properties = hash.properties();
  const rest = hash.rest();
  for (const [name, property] of properties) {
    place.findings.properties += 1;
    const at = { ...place, path: `${place.path}.${name}` };
    if (!(name in value)) {
      if (property.required && !place.part) tell(at, "required, missing");
      continue;
    }
    // What was not there before a change is told as null.
    if (place.part && !property.required && value[name] === null) continue;
    look(value[name], property.shape(), at);
  }
  for (const name of Object.keys(value)) {
    if (properties.has(name)) continue;
    const at = { ...place, path: `${place.path}.${name}` };
    if (rest === null) tell(at, `unknown: ${hash.name} has no such property`);
    else if (!place.part || value[name] !== null) look(value[name], rest, at);
  }
}

/** The type of a hash: of all that its place allows, the one that it says it is. Null: no hash is allowed there. */
export function typeOf(value: object, shape: Shape): Hash | null {
  const shapes = flat(shape).flatMap((each) => (each.is === "part" ? flat(each.of) : [each]));
  return bestOf(
    shapes.filter((each) => each.is === "hash"),
    value as Fields,
  );
}

/** The words a type has for a property: all the statuses of a subscription. */
export function wordsOf(hash: Hash, property: string): string[] {
  const shape = hash.properties().get(property)?.shape();
  const shapes = shape === undefined ? [] : flat(shape);
  return shapes.flatMap((each) => (each.is === "word" ? [String(each.word)] : []));
}

/** Of several kinds of objects the one that the value says it is (`object`, `type`, `deleted`). */
function bestOf(hashes: readonly Hash[], value: Fields): Hash | null {
  const fitting = hashes.length < 2 ? hashes : hashes.filter((hash) => mayBe(hash, value));
  let best: { hash: Hash; wrong: number } | null = null;
  for (const hash of fitting.length > 0 ? fitting : hashes) {
    if (hashes.length === 1) return hash;
    const findings: Findings = { problems: [], references: [], properties: 0 };
    lookInside(value, hash, { path: "", part: false, findings });
    const wrong = findings.problems.length;
    if (best === null || wrong < best.wrong) best = { hash, wrong };
    if (wrong === 0) break;
  }
  return best?.hash ?? null;
}

function mayBe(hash: Hash, value: Fields): boolean {
  return ["type", "object", "deleted"].every((name) => {
    const property = hash.properties().get(name);
    if (property === undefined) return name !== "deleted" || value[name] !== true;
    const shapes = flat(property.shape());
    if (!(name in value)) return !property.required || !shapes.every(({ is }) => is === "word");
    return isPlain(value[name], shapes);
  });
}

/** Open enums count as closed: a word that Stripe does not have today is a mistake of the emulator's. */
function isPlain(value: unknown, shapes: readonly Shape[]): boolean {
  const words = shapes.flatMap((each) => (each.is === "word" ? [each.word] : []));
  return shapes.some((each) => {
    if (each.is === "word") return each.word === value;
    if (each.is === "other word") return words.length === 0 && typeof value === "string";
    if (each.is === "null") return value === null;
    if (each.is === "decimal") return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value);
    if (each.is === "nothing") return value === undefined;
    return typeof value === each.is;
  });
}

function namesOf(shapes: readonly Shape[]): string {
  const words = shapes.map((each) => {
    if (each.is === "word") return JSON.stringify(each.word);
    return each.is === "hash" ? each.name : each.is;
  });
  return words.filter((word) => word !== "other word").join(" | ");
}

function tell({ path, findings }: Place, says: string): void {
  findings.problems.push({ path, says });
}
