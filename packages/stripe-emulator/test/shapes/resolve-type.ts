import type { Expression, TSSignature, TSType, TSTypeName } from "oxc-parser";
import { type Declaration, declarationsOf, findType, type Scope } from "./read-declarations.ts";

/** What a value on the wire may be, as far as the SDK's types say it. */
export type Shape =
  | { is: "string" | "number" | "boolean" | "null" | "nothing" | "decimal" | "other word" | "anything" }
  | { is: "word"; word: string | number | boolean }
  | { is: "one of"; shapes: readonly Shape[] }
  | { is: "list"; of: Shape }
  | { is: "part"; of: Shape }
  | Hash;

export interface Hash {
  is: "hash";
  name: string;
  /** Read when first asked for, since types contain each other. */
  properties: () => Map<string, Property>;
  /** What further keys hold (`[name: string]: string`); null: there are none. */
  rest: () => Shape | null;
}

export interface Property {
  required: boolean;
  shape: () => Shape;
}

type Given = ReadonlyMap<string, Shape>;

const NONE: Given = new Map();
const KEYWORDS: Partial<Record<TSType["type"], Shape>> = {
  TSStringKeyword: { is: "string" },
  TSNumberKeyword: { is: "number" },
  TSBooleanKeyword: { is: "boolean" },
  TSNullKeyword: { is: "null" },
  TSVoidKeyword: { is: "nothing" },
  TSUndefinedKeyword: { is: "nothing" },
  TSAnyKeyword: { is: "anything" },
  TSUnknownKeyword: { is: "anything" },
  TSObjectKeyword: { is: "anything" },
};
/** What the SDK and the language call differently from what is on the wire. */
const ON_THE_WIRE: Record<string, (of: Shape) => Shape> = {
  Decimal: () => ({ is: "decimal" }),
  OtherString: () => ({ is: "other word" }),
  Promise: (of) => of,
  Response: (of) => of,
  Array: (of) => ({ is: "list", of }),
  Partial: (of) => ({ is: "part", of }),
  ApiListPromise: (of) => named("lib.js", "ApiList", of),
  ApiSearchResultPromise: (of) => named("lib.js", "ApiSearchResult", of),
};
const shapes = new WeakMap<object, Shape>();

/** The shape of a type by its file and name: `named("resources/Refunds.js", "Refund")`. */
export function named(file: string, name: string, of?: Shape): Shape {
  const declarations = findType(declarationsOf(file), name.split("."));
  if (declarations === null) throw new Error(`${file} declares no ${name}`);
  return shapeOf(declarations, of === undefined ? [] : [of]);
}

/** What a place allows, one by one: unions are flat. */
export function flat(shape: Shape): readonly Shape[] {
  return shape.is === "one of" ? shape.shapes : [shape];
}

/** The shape of a type as it is written somewhere in a declaration file. */
export function resolveType(node: TSType, scope: Scope, given: Given = NONE): Shape {
  const inner = (each: TSType) => resolveType(each, scope, given);
  const keyword = KEYWORDS[node.type];
  if (keyword !== undefined) return keyword;
  if (node.type === "TSParenthesizedType") return inner(node.typeAnnotation);
  if (node.type === "TSArrayType") return { is: "list", of: inner(node.elementType) };
  if (node.type === "TSUnionType")
    return { is: "one of", shapes: node.types.flatMap((each) => flat(inner(each))) };
  if (node.type === "TSIntersectionType") return both(node.types.map(inner));
  if (node.type === "TSTypeLiteral") return hashOf("{…}", () => signatures(node.members, scope, given));
  if (node.type === "TSLiteralType" && "value" in node.literal)
    return { is: "word", word: node.literal.value as string | number | boolean };
  if (node.type === "TSTypeReference") {
    const args = node.typeArguments?.params.map(inner) ?? [];
    return reference(pathOf(node.typeName), args, { scope, given });
  }
  throw new Error(`${scope.file}: the reader of types does not know ${node.type} yet`);
}

function reference(path: string[], args: Shape[], { scope, given }: { scope: Scope; given: Given }): Shape {
  const name = path.join(".");
  const parameter = given.get(name);
  if (parameter !== undefined) return parameter;
  const onTheWire = ON_THE_WIRE[name];
  if (onTheWire !== undefined) return onTheWire(args[0] ?? { is: "anything" });
  const declarations = findType(scope, path);
  if (declarations === null) throw new Error(`${scope.file} names ${name}, which is declared nowhere`);
  return shapeOf(declarations, args);
}

function shapeOf(declarations: readonly Declaration[], args: readonly Shape[]): Shape {
  const first = declarations[0];
  if (first === undefined) return { is: "anything" };
  const known = args.length === 0 ? shapes.get(first.node) : undefined;
  if (known !== undefined) return known;
  const shape = build(first, declarations, args);
  if (args.length === 0) shapes.set(first.node, shape);
  return shape;
}

function build(first: Declaration, all: readonly Declaration[], args: readonly Shape[]): Shape {
  if (first.kind === "class") return { is: "anything" };
  if (first.kind === "alias") {
    const given = new Map(first.parameters.map((name, index) => [name, args[index] ?? { is: "anything" }]));
    return resolveType(first.node, first.scope, given as Given);
  }
  return hashOf(first.name, () => {
    const members: Members = { properties: new Map(), rest: null };
    for (const each of all) if (each.kind === "interface") addInterface(members, each, args);
    return members;
  });
}

interface Members {
  properties: Map<string, Property>;
  rest: Shape | null;
}

function addInterface(
  to: Members,
  { node, scope }: Declaration & { kind: "interface" },
  args: readonly Shape[],
): void {
  const names = node.typeParameters?.params.map(({ name }) => name.name) ?? [];
  const given: Given = new Map(
    names.map((name, index) => [name, args[index] ?? { is: "anything" as const }]),
  );
  for (const { expression } of node.extends) {
    const parent = reference(pathOf(expression), [], { scope, given });
    if (parent.is === "hash")
      for (const [name, property] of parent.properties()) to.properties.set(name, property);
  }
  const own = signatures(node.body.body, scope, given);
  for (const [name, property] of own.properties) to.properties.set(name, property);
  to.rest ??= own.rest;
}

function signatures(members: readonly TSSignature[], scope: Scope, given: Given): Members {
  const properties = new Map<string, Property>();
  let rest: Shape | null = null;
  for (const member of members) {
    if (member.type === "TSIndexSignature")
      rest = resolveType(member.typeAnnotation.typeAnnotation, scope, given);
    if (member.type !== "TSPropertySignature" || !member.typeAnnotation) continue;
    const type = member.typeAnnotation.typeAnnotation;
    const name =
      "name" in member.key ? String(member.key.name) : "value" in member.key ? String(member.key.value) : "";
    properties.set(name, { required: !member.optional, shape: once(() => resolveType(type, scope, given)) });
  }
  return { properties, rest };
}

/** `A & B`: the properties of both. */
function both(parts: readonly Shape[]): Shape {
  return hashOf("{…}", () => {
    const members: Members = { properties: new Map(), rest: null };
    for (const part of parts) {
      if (part.is !== "hash") continue;
      for (const [name, property] of part.properties()) members.properties.set(name, property);
      members.rest ??= part.rest();
    }
    return members;
  });
}

function hashOf(name: string, read: () => Members): Hash {
  const members = once(read);
  return { is: "hash", name, properties: () => members().properties, rest: () => members().rest };
}

/** A name in a type is a qualified name, and after `extends` a member expression. */
function pathOf(name: TSTypeName | Expression): string[] {
  if (name.type === "Identifier") return [name.name];
  if (name.type === "TSQualifiedName") return [...pathOf(name.left), name.right.name];
  if (name.type === "MemberExpression" && name.property.type === "Identifier")
    return [...pathOf(name.object), name.property.name];
  throw new Error(`${name.type} is no name of a type`);
}

function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
