import type Stripe from "stripe";
import { missing } from "../http/errors.ts";
import { type Call, idOf } from "../http/route.ts";
import { liveCustomer } from "../objects/customer.ts";
import type { TableName, Tables } from "../store/tables.ts";

/** The document the path names, or 404. */
export function found<K extends TableName>(call: Call, table: K, noun: string): Tables[K] {
  const document = call.world.store.get(table, idOf(call));
  if (document === undefined) throw missing(noun, idOf(call));
  return document;
}

/** A document a parameter names, or 400. */
export function named<K extends TableName>(
  call: Call,
  table: K,
  at: { id: string; noun: string; param: string },
): Tables[K] {
  const document = call.world.store.get(table, at.id);
  if (document === undefined) throw missing(at.noun, at.id, at.param);
  return document;
}

/** A customer a parameter names; deleted ones are gone. */
export function namedCustomer(call: Call, id: string): Stripe.Customer {
  const customer = liveCustomer(call.world, id);
  if (customer === null) throw missing("customer", id, "customer");
  return customer;
}
