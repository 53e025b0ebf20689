/** A node of the parsed source (ESTree with TypeScript), as oxc-parser gives it. */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [property: string]: unknown;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** The nodes directly below a node, in source order of its properties. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flatMap((value) => {
    if (Array.isArray(value)) return value.filter(isNode);
    return isNode(value) ? [value] : [];
  });
}

/** Calls `visit` for the node and everything below it. */
export function walkSyntax(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walkSyntax(child, visit);
}

/** `a.b.c` for a chain of plain names, otherwise the empty string. */
export function dottedName(node: unknown): string {
  if (!isNode(node)) return "";
  if (node.type === "Identifier") return String(node.name);
  if (node.type === "MetaProperty") return "import.meta";
  if (node.type !== "MemberExpression") return "";
  const object = dottedName(node.object);
  const property = propertyName(node);
  return object && property ? `${object}.${property}` : "";
}

/** The name after the dot of a member expression; `a["b"]` counts as `a.b`. */
export function propertyName(member: SyntaxNode): string {
  const property = member.property;
  if (!isNode(property)) return "";
  if (!member.computed && property.type === "Identifier") return String(property.name);
  return property.type === "Literal" && typeof property.value === "string" ? property.value : "";
}
