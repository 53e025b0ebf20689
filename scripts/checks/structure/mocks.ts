import type { Problem } from "../check.ts";
import type { SourceTree } from "../source-tree.ts";
import { dottedName, walkSyntax } from "../walk-syntax.ts";

const MOCKS = new Set(["vi.mock", "vi.doMock", "vi.hoisted"]);

/** Tests mock none of our own modules: what is outside is real, the emulator, or a port handed in. */
export function checkMocks(tree: SourceTree): Problem[] {
  return tree.files.flatMap((file) => {
    const problems: Problem[] = [];
    walkSyntax(file.syntax, (node) => {
      if (node.type !== "CallExpression" || !MOCKS.has(dottedName(node.callee))) return;
      const message = "mock no module: hand the test a port, the emulator or a real database";
      problems.push({ rule: "mocks", file: file.path, line: file.lineAt(node.start), message });
    });
    return problems;
  });
}
