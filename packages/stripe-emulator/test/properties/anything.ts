import { readdirSync, readFileSync } from "node:fs";
import { ROUTES } from "../../src/resources/all-routes.ts";
import { TABLE_NAMES, type TableName } from "../../src/store/tables.ts";
import type { Wish } from "./moves.ts";
import type { Pick } from "./pick.ts";

const RESOURCES = new URL("../../src/resources/", import.meta.url);

/** Every word that stands before a colon where parameters are declared; most of them are names of parameters. */
const NAMES: readonly string[] = [
  ...new Set(
    readdirSync(RESOURCES)
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .flatMap((file) => [
        ...readFileSync(new URL(file, RESOURCES), "utf8").matchAll(/\b([a-z][a-z_]{2,}): /g),
      ])
      .map(([, name]) => name ?? ""),
  ),
].toSorted();

const ODD = [
  "",
  "now",
  "0",
  "-1",
  "1.5",
  "true",
  "null",
  "x".repeat(600),
  "ö\u0000",
  "99999999999999",
  "a b",
  "[]",
];
const TABLES: readonly TableName[] = TABLE_NAMES.filter((table) => table !== "meta");

/** A call of some route with some parameters: nearly always refused. */
export function anything(pick: Pick): Wish {
  const route = pick.one(ROUTES);
  const path = route.path.replaceAll(/:\w+/g, () =>
    encodeURIComponent(pick.below(4) === 0 ? value(pick) : pick.id(pick.one(TABLES))),
  );
  const params: Record<string, unknown> = {};
  for (let count = pick.below(4); count > 0; count -= 1) params[pick.one(NAMES)] = nested(pick);
  if (route.method === "POST") return { method: "POST", path, params };
  const query = new URLSearchParams(Object.entries(params).map(([name, given]) => [name, String(given)]));
  return { method: route.method, path: `${path}?${query}` };
}

function nested(pick: Pick): unknown {
  const kind = pick.below(8);
  if (kind === 0) return { [pick.one(NAMES)]: value(pick) };
  if (kind === 1) return [value(pick), { [pick.one(NAMES)]: value(pick) }];
  return value(pick);
}

function value(pick: Pick): string {
  return pick.below(2) === 0 ? pick.one(ODD) : pick.id(pick.one(TABLES));
}
