import type Stripe from "stripe";
import { IMPLEMENTED } from "./implemented-methods.ts";
import type { SdkMethod } from "./sdk-methods.ts";

type Answer = Record<string, unknown>;
type Method = (...args: unknown[]) => Promise<Answer>;

/** How many objects of each list are read one by one: the oldest and the newest. */
const EACH = 2;

const READS = IMPLEMENTED.filter(({ call }) => call.startsWith("GET ")).map((method) => ({
  ...method,
  depth: method.call.split("/:id").length - 1,
}));

/** Calls every method that only reads: every list, and what can be read of the objects that are in it. */
export async function readEverything(stripe: Stripe): Promise<void> {
  const lists = READS.filter(({ call, depth }) => depth === 0 && !call.endsWith("/account"));
  const known: Known = new Map();
  for (const list of [...lists, ...lists]) {
    const { data } = await listed(stripe, list, known);
    for (const row of data) known.set(String(row["object"]), String(row["id"]));
    if (data.length === 0) continue;
    const under = READS.filter(({ call, depth }) => depth > 0 && call.startsWith(`${list.call}/:id`));
    for (const read of under) for (const row of ends(data)) await readUnder(stripe, read, String(row["id"]));
  }
}

/** The last object seen of each kind, for lists that want to know whose. */
type Known = Map<string, string>;

async function listed(stripe: Stripe, { name }: SdkMethod, known: Known): Promise<{ data: Answer[] }> {
  const list = methodOf(stripe, name);
  try {
    return (await list({ limit: 100 })) as { data: Answer[] };
  } catch (error) {
    const whose =
      (error as { code?: string; param?: string }).code === "parameter_missing"
        ? (error as { param: string }).param
        : null;
    if (whose === null) throw error;
    const id = known.get(whose);
    return id === undefined
      ? { data: [] }
      : ((await list({ limit: 100, [whose]: id })) as { data: Answer[] });
  }
}

async function readUnder(
  stripe: Stripe,
  { name, depth }: { name: string; depth: number },
  id: string,
): Promise<void> {
  if (depth === 1) await methodOf(stripe, name)(id);
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

/** The newest of a list and the oldest. */
export function ends<T>(rows: readonly T[]): T[] {
  return [...new Set([...rows.slice(0, EACH - 1), ...rows.slice(-1)])];
}
