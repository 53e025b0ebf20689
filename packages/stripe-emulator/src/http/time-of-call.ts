import { clockOf, inTimeOf } from "../billing/test-clock.ts";
import type { TableName } from "../store/tables.ts";
import type { FormHash } from "./form.ts";
import type { Call } from "./route.ts";

const TABLES: Record<string, TableName> = {
  cus: "customers",
  sub: "subscriptions",
  in: "invoices",
  ii: "invoiceItems",
  cs: "sessions",
  pi: "paymentIntents",
  seti: "setupIntents",
  ch: "charges",
  py: "charges",
  re: "refunds",
  pm: "paymentMethods",
};
const NAMES = ["customer", "subscription", "invoice", "charge", "payment_intent"];

/** A call about a customer on a test clock happens at that clock's time. */
export function inTimeOfCall<R>({ world, path }: Call, form: FormHash, work: () => R): R {
  const ids = [path["id"], ...NAMES.map((name) => form[name])];
  for (const id of ids) {
    const table = typeof id === "string" ? TABLES[id.split("_")[0] ?? ""] : undefined;
    if (typeof id !== "string" || table === undefined || clockOf(world, table, id) === null) continue;
    const row = world.store.get(table, id);
    const customer = row !== undefined && "customer" in row ? row.customer : id;
    return inTimeOf(world, typeof customer === "string" ? customer : null, work);
  }
  return work();
}
