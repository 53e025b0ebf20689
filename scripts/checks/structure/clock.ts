import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";
import { dottedName, type SyntaxNode, walkSyntax } from "../walk-syntax.ts";

const CLOCK = new Set(["Date.now", "performance.now", "Temporal.Now.instant"]);
const CHANCE = new Set(["Math.random", "crypto.randomUUID", "crypto.getRandomValues"]);
const PORTS_ONLY = [
  "packages/shared",
  "packages/db",
  "packages/api",
  "apps/server",
  "packages/stripe-emulator",
];
// The places where the real clock and real chance enter: adapters, entry points, and starting a database.
const DOORS = /\/adapters\/|\/src\/(main|config|cli|clock)\.ts$|\/src\/(embedded|testing|migrate)/;

/** I12: time and randomness are arguments. They enter through ports, built by adapters and entry points. */
export function checkClock(tree: SourceTree): Problem[] {
  return tree.files
    .filter((file) => PORTS_ONLY.includes(file.owner) && !file.isTest && !DOORS.test(file.path))
    .flatMap(clockReads);
}

function clockReads(file: SourceFile): Problem[] {
  const problems: Problem[] = [];
  walkSyntax(file.syntax, (node) => {
    const read = readsOutside(node);
    if (!read) return;
    const message =
      file.owner === "packages/shared"
        ? `shared is pure: take ${read} as an argument`
        : `${read} enters through a port: take it from deps.clock or as an argument`;
    problems.push({ rule: "clock", file: file.path, line: file.lineAt(node.start), message });
  });
  return problems;
}

function readsOutside(node: SyntaxNode): string | null {
  const callee = dottedName(node.callee);
  const bare = callee.replace(/^globalThis\./, "");
  if (node.type === "NewExpression" && bare === "Date") {
    return (node.arguments as unknown[]).length === 0 ? "the time" : null;
  }
  if (node.type === "CallExpression" && bare === "Date") return "the time";
  const name = node.type === "MemberExpression" ? dottedName(node).replace(/^globalThis\./, "") : "";
  if (CLOCK.has(name)) return "the time";
  return CHANCE.has(name) ? "randomness" : null;
}
