import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";
import { propertyName, type SyntaxNode, walkSyntax } from "../walk-syntax.ts";

const SQL_CLOCK =
  /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(|\bcurrent_(timestamp|date|time)\b/i;
const AUDIT_COLUMN = /^(created|updated|inserted|changed)_?at$/i;
const SCHEMA = /^packages\/db\/src\/schema\//;

/** I12: domain time never enters SQL now(); only the default of an audit column in the schema may use it. */
export function checkSqlTime(tree: SourceTree): Problem[] {
  return tree.files
    .filter((file) => /^(packages\/(db|api)|apps\/server)$/.test(file.owner) && !file.isTest)
    .flatMap((file) => {
      const problems: Problem[] = [];
      walkSyntax(file.syntax, (node) => {
        if (!usesSqlClock(node) || (SCHEMA.test(file.path) && insideAuditColumn(file, node))) return;
        const message = "domain time never enters SQL now(): bind the moment from deps.clock as a parameter";
        problems.push({ rule: "sql-time", file: file.path, line: file.lineAt(node.start), message });
      });
      return problems;
    });
}

function usesSqlClock(node: SyntaxNode): boolean {
  if (node.type === "TemplateElement") return SQL_CLOCK.test((node.value as { raw: string }).raw);
  if (node.type === "Literal" && typeof node.value === "string") return SQL_CLOCK.test(node.value);
  return node.type === "MemberExpression" && propertyName(node) === "defaultNow";
}

function insideAuditColumn(file: SourceFile, found: SyntaxNode): boolean {
  let audit = false;
  walkSyntax(file.syntax, (node) => {
    if (node.start > found.start || node.end < found.end) return;
    const named = node.type === "Property" ? node.key : node.type === "VariableDeclarator" ? node.id : null;
    audit ||= AUDIT_COLUMN.test(String((named as { name?: unknown } | null)?.name ?? ""));
  });
  return audit;
}
