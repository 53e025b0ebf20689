import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";
import { walkSyntax } from "../walk-syntax.ts";

const ROUTER = /^packages\/api\/src\/[^/]+\/router\.ts$/;
const DOES_WORK =
  /^(IfStatement|SwitchStatement|TryStatement|ForOfStatement|ForStatement|WhileStatement|ThrowStatement)$/;
const DATABASE = /^(@liveassist\/db|drizzle-orm|postgres)(\/|$)/;

/** Law 2: a router only declares input, who may, and which verb; what it would do belongs in the verb. */
export function checkRouters(tree: SourceTree): Problem[] {
  return tree.files.filter((file) => ROUTER.test(file.path)).flatMap((file) => work(file));
}

function work(file: SourceFile): Problem[] {
  const problems = file.imports
    .filter(({ specifier, typeOnly }) => DATABASE.test(specifier) && !typeOnly)
    .map(({ specifier, line }) => problem(file, line, `imports ${specifier}`));
  walkSyntax(file.syntax, (node) => {
    if (DOES_WORK.test(node.type)) problems.push(problem(file, file.lineAt(node.start), "decides or loops"));
  });
  return problems;
}

function problem(file: SourceFile, line: number, what: string): Problem {
  return {
    rule: "routers",
    file: file.path,
    line,
    message: `a router only declares, but this ${what}: move it to the verb`,
  };
}
