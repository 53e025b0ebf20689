import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";
import { dottedName, walkSyntax } from "../walk-syntax.ts";

// Starting a database's own processes passes a cleaned environment on; that is no setting of ours.
const MAY_READ =
  /^(scripts|bench|test)\/|\/src\/(config|cli)\.ts$|^packages\/db\/src\/embedded\/|(vite|vitest|drizzle)\.config\.ts$/;

/** Law 1: only config.ts reads the environment; scripts, benches and tests are entry points of their own. */
export function checkEnvironment(tree: SourceTree): Problem[] {
  return tree.files
    .filter((file) => !file.isTest && !MAY_READ.test(file.path))
    .flatMap((file) =>
      environmentReads(file).map((line) => ({
        rule: "environment",
        file: file.path,
        line,
        message:
          "only config.ts reads the environment: add the variable to apps/server/src/config.ts and pass it on",
      })),
    );
}

function environmentReads(file: SourceFile): number[] {
  const lines = file.imports
    .filter(({ specifier, typeOnly }) => /^(node:)?process$/.test(specifier) && !typeOnly)
    .map(({ line }) => line);
  walkSyntax(file.syntax, (node) => {
    const name = node.type === "MemberExpression" ? dottedName(node).replace(/^globalThis\./, "") : "";
    if (name === "process.env") lines.push(file.lineAt(node.start));
  });
  return lines;
}
