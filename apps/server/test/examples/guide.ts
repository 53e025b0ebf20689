import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { appRouter, type ProcedureMeta } from "@liveassist/api";

const GUIDE = fileURLToPath(new URL("../../../../docs/api.md", import.meta.url));

/** One step of the guide: a command with its answer, something that happens between, or code that stands in a file. */
export type Step =
  | { readonly kind: "run"; readonly line: number; readonly command: string; readonly answer: unknown }
  | { readonly kind: "then"; readonly what: string }
  | { readonly kind: "file"; readonly name: string; readonly code: string };

/** The steps of docs/api.md, in their order. */
export function readGuide(): Step[] {
  const text = readFileSync(GUIDE, "utf8");
  const parts = text.matchAll(
    /^```sh\n([\s\S]*?)^```\n\n```json\n([\s\S]*?)^```$|<!-- then: (\w+) -->|^```ts (\S+)\n([\s\S]*?)^```$/gm,
  );
  return [...parts].map(({ index, 1: command, 2: answer = "", 3: what, 4: name, 5: code = "" }): Step => {
    if (what !== undefined) return { kind: "then", what };
    if (name !== undefined) return { kind: "file", name, code };
    const line = text.slice(0, index).split("\n").length;
    return { kind: "run", line, command: command ?? "", answer: JSON.parse(answer) as unknown };
  });
}

/** The rows of the guide's table: each procedure with its path and what it says of itself. */
export const tableOfGuide = (): string[] =>
  readFileSync(GUIDE, "utf8")
    .split("## Every procedure\n")[1]
    ?.split("\n")
    .filter((line) => line.startsWith("| `")) ?? [];

/** What that table has to be, from the router itself. */
export function tableOfRouter(): string[] {
  return Object.entries<unknown>(appRouter._def.procedures).map(([path, procedure]) => {
    const { type, meta } = (procedure as { _def: { type: string; meta?: ProcedureMeta } })._def;
    const http = meta?.rest
      ? `\`${meta.rest.method} ${meta.rest.path}\``
      : type === "subscription"
        ? "live"
        : "";
    return `| \`${path}\` | ${http} | ${meta?.summary ?? ""} |`;
  });
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/**
 * The real answer with everything that the guide leaves open replaced by what the guide says: `…` in a text is anything, a
 * moment is any moment, and the number of a version any number.
 */
export function asInGuide(real: unknown, shown: unknown, key = ""): unknown {
  if (Array.isArray(real) && Array.isArray(shown)) return real.map((one, at) => asInGuide(one, shown[at]));
  if (isRecord(real) && isRecord(shown))
    return Object.fromEntries(
      Object.entries(real).map(([name, value]) => [name, asInGuide(value, shown[name], name)]),
    );
  if (typeof real === "number" && typeof shown === "number" && key === "version") return shown;
  if (typeof real !== "string" || typeof shown !== "string") return real;
  if (TIME.test(real) && TIME.test(shown)) return shown;
  const [begin = "", end] = shown.split("…");
  return end !== undefined && real.startsWith(begin) && real.endsWith(end) ? shown : real;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
