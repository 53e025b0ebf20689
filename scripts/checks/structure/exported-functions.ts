import type { SourceFile } from "../read-source.ts";
import type { SyntaxNode } from "../walk-syntax.ts";

/** A function a file exports by name: where its statement starts, and the names of its parameters. */
export interface ExportedFunction {
  name: string;
  start: number;
  parameters: string[];
}

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** Exported function declarations, and exported constants that hold a function; overloads count once. */
export function exportedFunctions(file: SourceFile): ExportedFunction[] {
  const found = new Map<string, ExportedFunction>();
  for (const statement of file.syntax.body as SyntaxNode[]) {
    if (statement.type !== "ExportNamedDeclaration" && statement.type !== "ExportDefaultDeclaration")
      continue;
    for (const { name, value } of declared(statement.declaration as SyntaxNode | null)) {
      if (found.has(name)) continue;
      found.set(name, { name, start: statement.start, parameters: parameterNames(value) });
    }
  }
  return [...found.values()];
}

function declared(declaration: SyntaxNode | null): { name: string; value: SyntaxNode }[] {
  if (!declaration) return [];
  if (declaration.type === "FunctionDeclaration" || declaration.type === "TSDeclareFunction") {
    return [{ name: nameOf(declaration.id) || "default", value: declaration }];
  }
  if (declaration.type !== "VariableDeclaration") return [];
  return (declaration.declarations as SyntaxNode[]).flatMap(({ id, init }) => {
    const value = init as SyntaxNode | null;
    return value && FUNCTIONS.has(value.type) ? [{ name: nameOf(id), value }] : [];
  });
}

function parameterNames(value: SyntaxNode): string[] {
  return (value.params as SyntaxNode[]).map((parameter) => {
    if (parameter.type === "AssignmentPattern") return nameOf(parameter.left);
    return nameOf(parameter);
  });
}

function nameOf(node: unknown): string {
  return String((node as { name?: unknown } | null)?.name ?? "");
}
