import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";

/** No file reaches itself through imports that exist at run time. */
export function checkCycles(tree: SourceTree): Problem[] {
  const byPath = new Map(tree.files.map((file) => [file.path, file]));
  const finished = new Set<string>();
  const problems: Problem[] = [];
  const visit = (file: SourceFile, trail: string[]): void => {
    const from = trail.indexOf(file.path);
    if (from >= 0) {
      const circle = [...trail.slice(from), file.path].join(" → ");
      const message = `imports itself: ${circle}; move what both need into a file below them`;
      problems.push({ rule: "cycles", file: file.path, line: 1, message });
      return;
    }
    if (finished.has(file.path)) return;
    for (const imported of file.imports) {
      const target = imported.typeOnly || imported.dynamic ? null : tree.resolve(file, imported);
      const next = target ? byPath.get(target) : undefined;
      if (next) visit(next, [...trail, file.path]);
    }
    finished.add(file.path);
  };
  for (const file of tree.files) visit(file, []);
  return problems;
}
