import { badParam } from "./errors.ts";

/** What a form or a query string can hold: text, hashes and lists of it. */
export type FormValue = string | FormHash | FormValue[];
export interface FormHash {
  [key: string]: FormValue;
}

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);
const DEEPEST = 12;

/**
 * Reads `a[b][c]=v&d[0]=w&e[]=x` as the SDK writes it: brackets nest, numbers index lists, `+` and `%20` are spaces.
 */
export function decodeForm(text: string): FormHash {
  const root: FormHash = {};
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const cut = pair.indexOf("=");
    const key = decodeText(cut === -1 ? pair : pair.slice(0, cut));
    const value = cut === -1 ? "" : decodeText(pair.slice(cut + 1));
    insert(root, pathOf(key), value);
  }
  return listsIn(root) as FormHash;
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw badParam(
      "parameter_invalid_string",
      "Invalid percent-encoding in the request body.",
      text.slice(0, 40),
    );
  }
}

function pathOf(key: string): string[] {
  const open = key.indexOf("[");
  if (open <= 0) return [key];
  return [
    key.slice(0, open),
    ...key
      .slice(open + 1)
      .replace(/\]$/, "")
      .split("]["),
  ];
}

/** `[]` is the next entry of a list; `a[][b]` goes into its last entry until that has a `b` already. */
function insert(root: FormHash, path: string[], value: string): void {
  if (path.length > DEEPEST || path.some((part) => FORBIDDEN.has(part))) {
    throw badParam("parameter_unknown", `Received unknown parameter: ${path.join(".")}`, path.join("."));
  }
  let hash = root;
  for (const [at, part] of path.slice(0, -1).entries()) {
    const key = part === "" ? openEntry(hash, path.slice(at + 1)) : part;
    const next = hash[key];
    if (typeof next === "string" || Array.isArray(next)) throw clash(path, "Hash", "String");
    const inner = next ?? {};
    hash[key] = inner;
    hash = inner;
  }
  const last = path.at(-1) ?? "";
  const key = last === "" && path.length > 1 ? String(countOf(hash)) : last;
  if (typeof hash[key] === "object") throw clash(path, "String", "Hash");
  hash[key] = value;
}

function openEntry(hash: FormHash, [inner = ""]: string[]): string {
  const count = countOf(hash);
  const last = hash[String(count - 1)];
  const isFull = typeof last !== "object" || Array.isArray(last) || inner in last;
  return String(count === 0 || isFull ? count : count - 1);
}

const COUNTS = new WeakMap<FormHash, number>();

/** How many entries a list has; counted on, since a list of thousands is written entry by entry. */
function countOf(hash: FormHash): number {
  let count = COUNTS.get(hash) ?? 0;
  while (String(count) in hash) count += 1;
  COUNTS.set(hash, count);
  return count;
}

function clash(path: string[], expected: string, got: string): Error {
  const [name = ""] = path;
  const message = `Invalid request: expected ${expected} (got ${got}) for param \`${name}'`;
  return badParam("parameter_invalid", message, name);
}

/** Hashes whose keys are 0, 1, 2 … are lists. */
function listsIn(value: FormValue): FormValue {
  if (typeof value === "string" || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  const entries = keys.map((key) => [key, listsIn(value[key] ?? "")] as const);
  const isList = keys.length > 0 && keys.every((key) => /^\d+$/.test(key));
  return isList
    ? entries.toSorted((a, b) => Number(a[0]) - Number(b[0])).map(([, item]) => item)
    : Object.fromEntries(entries);
}
