import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckReport } from "./check.ts";
import { readSource } from "./read-source.ts";
import { walkSyntax } from "./walk-syntax.ts";

const CONFIG = "apps/server/src/config.ts";
const HEADING = "## Environment";
const VARIABLE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/** The README's environment table and the variables config.ts knows are the same set. */
export async function checkEnvironmentTable(root: string): Promise<CheckReport> {
  if (!existsSync(join(root, CONFIG)) || !existsSync(join(root, "README.md"))) {
    return { problems: [], notes: [`${CONFIG} or README.md is not there yet`] };
  }
  const known = variablesOf(root);
  const listed = tableOf(readFileSync(join(root, "README.md"), "utf8"));
  const missing = [...known].filter((name) => !listed.has(name));
  const stale = [...listed].filter((name) => !known.has(name));
  const problems = [
    ...missing.map(
      (name) => `README.md: ${name} is read by ${CONFIG} but not in the table under “${HEADING}”`,
    ),
    ...stale.map((name) => `README.md: ${name} is in the environment table, but ${CONFIG} does not read it`),
  ];
  if (known.size === 0) problems.push(`${CONFIG}: found no variable; names are SCREAMING_SNAKE_CASE`);
  return { problems, notes: [`${known.size} variables`] };
}

// Keys of object literals (a schema) and names in quotes (`read("PORT")`); constants of the file are neither.
/** The variables that config.ts knows. */
export function variablesOf(root: string): Set<string> {
  const found = new Set<string>();
  walkSyntax(readSource(root, CONFIG).syntax, (node) => {
    const key = node.type === "Property" ? (node.key as { name?: unknown }).name : node.value;
    if (typeof key === "string" && VARIABLE.test(key)) found.add(key);
  });
  return found;
}

function tableOf(readme: string): Set<string> {
  const section = readme.split(`\n${HEADING}\n`)[1]?.split(/\n## /)[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  const cells = rows.map((row) => row.split("|")[1] ?? "");
  return new Set(
    cells.flatMap((cell) => [...cell.matchAll(/`([A-Z][A-Z0-9_]*)`/g)].map((match) => match[1] ?? "")),
  );
}
