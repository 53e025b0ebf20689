import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";

const PAGE = "apps/web/index.html";

/** Law 7: nothing the web loads before the first screen reaches zod; one constant through it costs 22 kB. */
export function checkFirstLoad(tree: SourceTree): Problem[] {
  const byPath = new Map(tree.files.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const problems: Problem[] = [];
  const visit = (file: SourceFile, trail: string[]): void => {
    if (seen.has(file.path)) return;
    seen.add(file.path);
    for (const imported of file.imports.filter(({ typeOnly, dynamic }) => !typeOnly && !dynamic)) {
      if (/^zod(\/|$)/.test(imported.specifier)) {
        const message = `the web's first load reaches zod: ${[...trail, file.path].join(" → ")}; split the constant off`;
        problems.push({ rule: "first-load", file: file.path, line: imported.line, message });
      }
      const next = byPath.get(tree.resolve(file, imported) ?? "");
      if (next) visit(next, [...trail, file.path]);
    }
  };
  const page = join(tree.root, PAGE);
  if (!existsSync(page)) return problems;
  const [, script = ""] = /<script[^>]+src="\/?([^"]+)"/.exec(readFileSync(page, "utf8")) ?? [];
  const entry = byPath.get(`apps/web/${script}`);
  if (!entry)
    return [
      { rule: "first-load", file: PAGE, line: 1, message: "its script is not found among the sources" },
    ];
  visit(entry, []);
  return problems;
}
