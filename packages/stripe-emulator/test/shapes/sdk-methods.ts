import type { ClassElement, MethodDefinition, TSType } from "oxc-parser";
import Stripe from "stripe";
import { type Declaration, declarationsOf, findType, type Scope } from "./read-declarations.ts";
import { resolveType, type Shape } from "./resolve-type.ts";

/** A method of the SDK: the call it makes and the type it answers with. */
export interface SdkMethod {
  /** `checkout.sessions.expire` */
  name: string;
  /** `POST /v1/checkout/sessions/:id/expire` */
  call: string;
  answer: () => Shape;
}

/** Every method of API v1 that the SDK has: from its declarations, and its calls by asking the method itself. */
export function sdkMethods(): SdkMethod[] {
  const stripe = new Stripe("sk_test_never_sent");
  const core = declarationsOf("stripe.core.js");
  const found = findType(core, ["Stripe"])?.find(({ kind }) => kind === "class");
  return found === undefined ? [] : methodsOf(found, stripe, []).filter(({ call }) => call.includes(" /v1/"));
}

function methodsOf(declaration: Declaration, target: unknown, path: readonly string[]): SdkMethod[] {
  if (declaration.kind !== "class" || typeof target !== "object" || target === null) return [];
  return declaration.node.body.body.flatMap((member): SdkMethod[] => {
    const name = nameOf(member);
    if (member.type === "MethodDefinition" && path.length > 0)
      return methodOf(member, { target, scope: declaration.scope, path: [...path, name] });
    if (member.type !== "PropertyDefinition" || member.static || name.startsWith("_") || path.length > 2)
      return [];
    const inner = classOf(member.typeAnnotation?.typeAnnotation, declaration.scope);
    return inner === null ? [] : methodsOf(inner, (target as Record<string, unknown>)[name], [...path, name]);
  });
}

function classOf(type: TSType | undefined, scope: Scope): Declaration | null {
  if (type?.type !== "TSTypeReference") return null;
  const names: string[] = [];
  for (let name = type.typeName; ; name = name.left) {
    if (name.type === "Identifier") names.unshift(name.name);
    if (name.type !== "TSQualifiedName") break;
    names.unshift(name.right.name);
  }
  return findType(scope, names)?.find(({ kind }) => kind === "class") ?? null;
}

interface Owner {
  target: object;
  scope: Scope;
  path: readonly string[];
}

function methodOf(member: MethodDefinition, { target, scope, path }: Owner): SdkMethod[] {
  const { params, returnType } = member.value;
  const type = returnType?.typeAnnotation;
  const call = callOf(target, path.at(-1) ?? "", params.length);
  if (type === undefined || call === null) return [];
  return [{ name: path.join("."), call, answer: () => resolveType(type, scope) }];
}

/** Which call a method makes: it is called with a sender that only writes down. Null: it makes none. */
function callOf(target: object, name: string, parameters: number): string | null {
  let call: string | null = null;
  const never = new Promise(() => {});
  const writer = Object.create(target, {
    _makeRequest: {
      value: (method: string, path: string) => {
        call ??= `${method} ${path.replaceAll("/~", "/:id")}`;
        return never;
      },
    },
  }) as Record<string, unknown>;
  const method = writer[name];
  if (typeof method !== "function" || name === "constructor") return null;
  const ids = Array.from({ length: parameters }, () => "~");
  try {
    void method.apply(writer, ids);
  } catch {
    return null; // a method that wants more than ids before it calls is none of API v1
  }
  return call;
}

function nameOf(member: ClassElement): string {
  return "key" in member && "name" in member.key ? String(member.key.name) : "";
}
