import type Stripe from "stripe";
import { IMPLEMENTED } from "./implemented-methods.ts";
import type { SdkMethod } from "./sdk-methods.ts";

type Answer = Record<string, unknown>;
type Method = (...args: unknown[]) => Promise<Answer>;

const READS = IMPLEMENTED.filter(({ call }) => call.startsWith("GET ")).map((method) => ({
  ...method,
  depth: method.call.split("/:id").length - 1,
}));

/** Searches want a question; this one finds everything, whatever kind it is of. */
const SEARCH = "-metadata['nobody']:'nobody'";

/** Calls every method that only reads: every list, and what can be read of the objects that are in it. */
export async function readEverything(stripe: Stripe): Promise<void> {
  const known: Known = new Map([["query", SEARCH]]);
  const waiting: SdkMethod[] = [];
  for (const list of READS.filter(({ call, depth }) => depth === 0 && !call.endsWith("/account")))
    if (!(await readList(stripe, list, known))) waiting.push(list);
  for (const list of waiting) await readList(stripe, list, known);
}

/** The last object seen of each kind, for lists that want to know whose, and what searches ask for. */
type Known = Map<string, string>;

/** False: the list wants to know whose, and nobody of the kind is known yet. */
async function readList(stripe: Stripe, list: SdkMethod, known: Known): Promise<boolean> {
  const data = await listed(stripe, list, known);
  for (const row of data ?? []) known.set(String(row["object"]), String(row["id"]));
  const under = READS.filter(({ call, depth }) => depth === 1 && call.startsWith(`${list.call}/:id`));
  const newest = data?.[0];
  if (newest !== undefined)
    for (const { name } of under) await callMethod(stripe, name, [String(newest["id"])]);
  return data !== null;
}

async function listed(stripe: Stripe, { name }: SdkMethod, known: Known): Promise<Answer[] | null> {
  const all = { limit: 100 };
  const dataOf = async (params: object) => (await callMethod(stripe, name, [params]))["data"] as Answer[];
  try {
    return await dataOf(all);
  } catch (error) {
    const { code, param } = error as { code?: string; param?: string };
    if (code !== "parameter_missing" || param === undefined) throw error;
    const id = known.get(param);
    return id === undefined ? null : dataOf({ ...all, [param]: id });
  }
}

/** Calls a method of the SDK by its name (`checkout.sessions.retrieve`). */
export function callMethod(stripe: Stripe, name: string, args: unknown[]): Promise<Answer> {
  return methodOf(stripe, name)(...args);
}

function methodOf(stripe: Stripe, name: string): Method {
  const path = name.split(".");
  const last = path.pop() ?? "";
  let owner: unknown = stripe;
  for (const part of path) owner = (owner as Record<string, unknown>)[part];
  const method = (owner as Record<string, Method>)[last];
  if (method === undefined) throw new Error(`the SDK has no ${name}`);
  return method.bind(owner);
}
