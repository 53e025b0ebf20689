import { badParam, notCovered } from "./errors.ts";
import type { FormValue } from "./form.ts";

/**
 * Reads one parameter; `at` is its name in errors, `version` the API version the call was made with. An empty string
 * reads as null: it clears a field.
 */
export type Reader<T> = (value: FormValue, at: string, version: string) => T;

type Shape = Record<string, Reader<unknown>>;
type Read<S extends Shape> = { [K in keyof S]?: S[K] extends Reader<infer T> ? T | null : never };

/** Any text of at most 5,000 characters. */
export const text: Reader<string> = (value, at) => {
  if (typeof value !== "string")
    throw badParam("parameter_invalid_string", `Invalid string: ${JSON.stringify(value)}`, at);
  if (value.length > 5000)
    throw badParam("parameter_invalid_string", `Invalid string: ${at} is too long`, at);
  return value;
};

/** A whole number, written in digits. */
export const integer: Reader<number> = (value, at) => {
  if (typeof value !== "string" || !/^-?\d{1,15}$/.test(value)) {
    throw badParam("parameter_invalid_integer", `Invalid integer: ${String(value)}`, at);
  }
  return Number(value);
};

/** `true` or `false`. */
export const flag: Reader<boolean> = (value, at) => {
  if (value !== "true" && value !== "false")
    throw badParam("parameter_invalid_boolean", `Invalid boolean: ${String(value)}`, at);
  return value === "true";
};

/** A parameter of Stripe's that changes nothing here; any value is taken. */
export const ignored: Reader<FormValue> = (value) => value;

/** A parameter of Stripe's that would change something and is not emulated. */
export const uncovered: Reader<never> = (_value, at) => {
  throw notCovered(at);
};

/** A parameter that versions from `since` on no longer have; calls of an older version are still understood. */
export function removed<T>(
  since: string,
  { hint, before, code = "parameter_unknown" }: { hint: string; before: Reader<T>; code?: string },
): Reader<T> {
  return (value, at, version) => {
    if (version < since) return before(value, at, version);
    throw badParam(code, `Received unknown parameter: ${at}. ${hint}`, at);
  };
}

/** One of a closed set of words. */
export function oneOf<const T extends string>(...words: T[]): Reader<T> {
  return (value, at) => {
    const word = words.find((candidate) => candidate === value);
    if (word !== undefined) return word;
    throw badParam("parameter_invalid", `Invalid ${at}: must be one of ${words.join(", ")}`, at);
  };
}

/** One of Stripe's words of which only some are emulated; of the others it is said that they are not. */
export function emulated<const T extends string>(
  here: readonly T[],
  elsewhere: readonly string[],
): Reader<T> {
  return (value, at, version) => {
    if (elsewhere.some((word) => word === value)) throw notCovered(`${at}=${String(value)}`);
    return oneOf(...here)(value, at, version);
  };
}

/** A list, each entry read alike. */
export function list<T>(item: Reader<T>): Reader<T[]> {
  return (value, at, version) => {
    if (!Array.isArray(value)) throw badParam("parameter_invalid", `Invalid array`, at);
    return value.map((entry, index) => item(entry, `${at}[${index}]`, version));
  };
}

/** Either a plain value or a hash, as `created` and `cancel_at` can be. */
export function either<A, B>(plain: Reader<A>, hash: Reader<B>): Reader<A | B> {
  return (value, at, version) =>
    typeof value === "string" ? plain(value, at, version) : hash(value, at, version);
}

/** Key-values of the caller's own; an empty value means: remove the key. */
export const metadata: Reader<Record<string, string>> = (value, at, version) => {
  if (typeof value === "string" || Array.isArray(value))
    throw badParam("parameter_invalid", `Invalid hash`, at);
  const entries = Object.entries(value).map(
    ([key, entry]) => [key, text(entry, `${at}[${key}]`, version)] as const,
  );
  if (entries.length > 50) throw badParam("parameter_invalid", "Metadata can have at most 50 keys.", at);
  for (const [key, entry] of entries) {
    if (key.length > 40)
      throw badParam("parameter_invalid", `Metadata keys can be at most 40 characters: ${key}`, at);
    if (entry.length > 500)
      throw badParam("parameter_invalid", `Metadata values can be at most 500 characters: ${key}`, at);
  }
  return Object.fromEntries(entries);
};

/** A hash with known keys; a foreign key is refused, a missing required one too. */
export function hash<S extends Shape, R extends keyof S = never>(
  shape: S,
  ...required: R[]
): Reader<Read<S> & { [K in R]: S[K] extends Reader<infer T> ? T : never }> {
  return (value, at, version) => {
    if (typeof value === "string" || Array.isArray(value))
      throw badParam("parameter_invalid", "Invalid hash", at);
    const name = (key: string) => (at === "" ? key : `${at}[${key}]`);
    const read: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(value)) {
      const reader = Object.hasOwn(shape, key) ? shape[key] : undefined;
      if (reader === undefined) {
        throw badParam("parameter_unknown", `Received unknown parameter: ${name(key)}`, name(key));
      }
      read[key] = entry === "" ? null : reader(entry, name(key), version);
    }
    for (const key of required) demand(read[String(key)], name(String(key)));
    return read as Read<S> & { [K in R]: S[K] extends Reader<infer T> ? T : never };
  };
}

function demand(value: unknown, param: string): void {
  if (value === undefined) throw badParam("parameter_missing", `Missing required param: ${param}.`, param);
  if (value !== null) return;
  const hint = `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset.`;
  throw badParam("parameter_invalid_empty", hint, param);
}

/** `metadata` merges: an empty value removes its key, an empty string all of them. */
export function mergeMetadata(
  before: Record<string, string> | null,
  change: Record<string, string> | null | undefined,
): Record<string, string> {
  if (change === undefined) return before ?? {};
  if (change === null) return {};
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== ""));
}
