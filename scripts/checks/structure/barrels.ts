import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";
import type { SyntaxNode } from "../walk-syntax.ts";

/** A file that only passes on what others export is allowed as a package entry alone. */
export function checkBarrels(tree: SourceTree): Problem[] {
  const entries = new Set(tree.packages.flatMap((found) => [...found.exports.values()]));
  return tree.files
    .filter((file) => isBarrel(file) && !entries.has(file.path))
    .map(({ path }) => ({
      rule: "barrels",
      file: path,
      line: 1,
      message: "only package entries re-export; import from the file that has it",
    }));
}

function isBarrel(file: SourceFile): boolean {
  const body = file.syntax.body as SyntaxNode[];
  return body.length > 0 && body.every((node) => node.type.startsWith("Export") && Boolean(node.source));
}
