import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Class, parseSync, type Statement, type TSInterfaceDeclaration, type TSType } from "oxc-parser";

/** Where a name is looked up: a file, or a namespace in it. */
export interface Scope {
  file: string;
  parent: Scope | null;
  types: Map<string, Declaration[]>;
  namespaces: Map<string, Scope>;
  /** Local name → what it stands for in another file; `*` is the whole file. */
  imports: Map<string, { file: string; name: string }>;
  /** Files whose exports this one passes on. */
  passedOn: string[];
  /** What a namespace passes on of the scope around it (`export { Session }`). */
  fromAround: Map<string, string>;
}

/** An interface, a class, or the type an alias stands for; interfaces of one name are one. */
export type Declaration =
  | { kind: "interface"; name: string; scope: Scope; node: TSInterfaceDeclaration }
  | { kind: "class"; name: string; scope: Scope; node: Class }
  | { kind: "alias"; name: string; scope: Scope; node: TSType; parameters: string[] };

/** The folder of the SDK's own declaration files. */
const ROOT = join(dirname(createRequire(import.meta.url).resolve("stripe")), "..", "esm");
const files = new Map<string, Scope>();

/** The declarations of one of the SDK's files (`resources/Refunds.js`), read when first asked for. */
export function declarationsOf(file: string): Scope {
  const known = files.get(file);
  if (known !== undefined) return known;
  const source = readFileSync(join(ROOT, file.replace(/\.js$/, ".d.ts")), "utf8");
  const { program, errors } = parseSync(file, source, { lang: "dts" });
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const scope = emptyScope(file, null);
  files.set(file, scope);
  for (const statement of program.body as Statement[]) readStatement(scope, statement);
  return scope;
}

/** The type behind a name with its namespaces (`["Subscription", "Status"]`), seen from a scope; null: the language's own. */
export function findType(from: Scope, path: readonly string[]): Declaration[] | null {
  const [first = "", ...rest] = path;
  for (let scope: Scope | null = from; scope !== null; scope = scope.parent) {
    const found = rest.length === 0 ? typeIn(scope, first) : inside(namespaceIn(scope, first), rest);
    if (found !== null) return found;
  }
  return null;
}

function inside(scope: Scope | null, path: readonly string[]): Declaration[] | null {
  const [first = "", ...rest] = path;
  if (scope === null) return null;
  return rest.length === 0 ? typeIn(scope, first) : inside(namespaceIn(scope, first), rest);
}

function typeIn(scope: Scope, name: string): Declaration[] | null {
  const own = scope.types.get(name);
  if (own !== undefined) return own;
  const from = scope.imports.get(name);
  if (from !== undefined && from.name !== "*") return typeIn(declarationsOf(from.file), from.name);
  const around = scope.fromAround.get(name);
  if (around !== undefined && scope.parent !== null) return findType(scope.parent, [around]);
  return firstOf(scope.passedOn, (file) => typeIn(declarationsOf(file), name));
}

function namespaceIn(scope: Scope, name: string): Scope | null {
  const own = scope.namespaces.get(name);
  if (own !== undefined) return own;
  const from = scope.imports.get(name);
  if (from?.name === "*") return declarationsOf(from.file);
  if (from !== undefined) return namespaceIn(declarationsOf(from.file), from.name);
  const around = scope.fromAround.get(name);
  if (around !== undefined && scope.parent !== null) return namespaceIn(scope.parent, around);
  return firstOf(scope.passedOn, (file) => namespaceIn(declarationsOf(file), name));
}

function firstOf<T>(items: readonly string[], look: (item: string) => T | null): T | null {
  for (const item of items) {
    const found = look(item);
    if (found !== null) return found;
  }
  return null;
}

function readStatement(scope: Scope, statement: Statement): void {
  if (statement.type === "ImportDeclaration") {
    for (const each of statement.specifiers) {
      const name = each.type === "ImportSpecifier" ? nameOf(each.imported) : "*";
      scope.imports.set(each.local.name, { file: resolved(scope, statement.source.value), name });
    }
  } else if (statement.type === "ExportAllDeclaration") {
    scope.passedOn.push(resolved(scope, statement.source.value));
  } else if (statement.type === "ExportNamedDeclaration") {
    if (statement.declaration !== null) readStatement(scope, statement.declaration as Statement);
    for (const { exported, local } of statement.specifiers) {
      const file = statement.source === null ? null : resolved(scope, statement.source.value);
      if (file === null) scope.fromAround.set(nameOf(exported), nameOf(local));
      else scope.imports.set(nameOf(exported), { file, name: nameOf(local) });
    }
  } else readDeclaration(scope, statement);
}

function readDeclaration(scope: Scope, node: Statement): void {
  if (node.type === "TSInterfaceDeclaration") {
    declare(scope, { kind: "interface", name: node.id.name, scope, node });
  } else if (node.type === "TSTypeAliasDeclaration") {
    const parameters = node.typeParameters?.params.map(({ name }) => name.name) ?? [];
    declare(scope, { kind: "alias", name: node.id.name, scope, node: node.typeAnnotation, parameters });
  } else if (node.type === "ClassDeclaration" && node.id !== null) {
    declare(scope, { kind: "class", name: node.id.name, scope, node });
  } else if (node.type === "TSModuleDeclaration" && node.body?.type === "TSModuleBlock") {
    const name = "name" in node.id ? node.id.name : "";
    const inner = scope.namespaces.get(name) ?? emptyScope(scope.file, scope);
    scope.namespaces.set(name, inner);
    for (const each of node.body.body) readStatement(inner, each as Statement);
  }
}

function declare(scope: Scope, declaration: Declaration): void {
  scope.types.set(declaration.name, [...(scope.types.get(declaration.name) ?? []), declaration]);
}

function emptyScope(file: string, parent: Scope | null): Scope {
  const names = { types: new Map(), namespaces: new Map(), imports: new Map(), fromAround: new Map() };
  return { file, parent, ...names, passedOn: [] };
}

function resolved(scope: Scope, source: string): string {
  return source.startsWith(".") ? join(dirname(scope.file), source) : source;
}

function nameOf(node: { name: string } | { value: string }): string {
  return "name" in node ? node.name : node.value;
}
