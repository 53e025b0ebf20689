import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Comment, parseSync } from "oxc-parser";
import { type SyntaxNode, walkSyntax } from "./walk-syntax.ts";

/** One import or re-export; `typeOnly` ones are erased and reach nothing at run time. */
export interface Import {
  specifier: string;
  line: number;
  typeOnly: boolean;
  dynamic: boolean;
}

/** One parsed file. `owner` is its package folder, or the top folder: "packages/api", "scripts". */
export interface SourceFile {
  path: string;
  owner: string;
  text: string;
  lineCount: number;
  isTest: boolean;
  syntax: SyntaxNode;
  comments: Comment[];
  imports: Import[];
  lineAt: (offset: number) => number;
}

const TEST_FILE = /\.(test|bench)\.tsx?$|(^|\/)(test|testing)\/|(^|\/)test(ing)?-[^/]+$|(^|\/)testing\.ts$/;

/** Reads and parses `path` (relative to `root`, with forward slashes); a syntax error throws. */
export function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const parsed = parseSync(path, text);
  const fatal = parsed.errors[0];
  if (fatal) throw new Error(`${path}: ${fatal.message}`);
  const syntax = parsed.program as unknown as SyntaxNode;
  const lineAt = (offset: number): number => text.slice(0, offset).split("\n").length;
  const [top = "", second = ""] = path.split("/");
  return {
    path,
    owner: top === "apps" || top === "packages" ? `${top}/${second}` : top,
    text,
    lineCount: text.replace(/\n$/, "").split("\n").length,
    isTest: TEST_FILE.test(path),
    syntax,
    comments: parsed.comments,
    imports: readImports(syntax, lineAt),
    lineAt,
  };
}

function readImports(syntax: SyntaxNode, lineAt: (offset: number) => number): Import[] {
  const imports: Import[] = [];
  walkSyntax(syntax, (node) => {
    const source = node.source as { value?: unknown } | null | undefined;
    if (typeof source?.value !== "string") return;
    const typeOnly = node.importKind === "type" || node.exportKind === "type" || node.type === "TSImportType";
    const dynamic = node.type === "ImportExpression";
    imports.push({ specifier: source.value, line: lineAt(node.start), typeOnly, dynamic });
  });
  return imports;
}
