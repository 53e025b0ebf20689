import { clockOf } from "../billing/test-clock.ts";
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
  du: "disputes",
  pm: "paymentMethods",
};
const NAMES = ["customer", "subscription", "invoice", "charge", "payment_intent"];

/** A call about a customer on a test clock, or about one that begins on it, happens at that clock's time. */
export function inTimeOfCall<R>({ world, path }: Call, form: FormHash, work: () => R): R {
  const ids = [path["id"], ...NAMES.map((name) => form[name])];
  const clocks = ids.map((id) => {
    const table = typeof id === "string" ? TABLES[id.split("_")[0] ?? ""] : undefined;
    return typeof id === "string" && table !== undefined ? clockOf(world, table, id) : null;
  });
  const named = clocks.find((clock) => clock !== null) ?? form["test_clock"];
  const clock = typeof named === "string" ? world.store.get("testClocks", named) : undefined;
  return clock === undefined ? work() : world.at(clock.frozen_time, work);
}
