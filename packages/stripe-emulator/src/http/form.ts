import { badParam } from "./errors.ts";

/** What a form or a query string can hold: text, hashes and lists of it. */
export type FormValue = string | FormHash | FormValue[];
export interface FormHash {
  [key: string]: FormValue;
}

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

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

function insert(root: FormHash, path: string[], value: string): void {
  if (path.length > 12 || path.some((part) => FORBIDDEN.has(part))) {
    throw badParam("parameter_unknown", `Received unknown parameter: ${path.join(".")}`, path.join("."));
  }
  let hash = root;
  for (const part of path.slice(0, -1)) {
    const next = hash[part];
    if (typeof next === "object" && !Array.isArray(next)) hash = next;
    else {
      const fresh: FormHash = {};
      hash[part] = fresh;
      hash = fresh;
    }
  }
  const last = path.at(-1) ?? "";
  hash[last === "" ? String(Object.keys(hash).length) : last] = value;
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
