import type Stripe from "stripe";
import { DAY } from "../billing/calendar.ts";
import { badParam, badState, missing } from "../http/errors.ts";
import { flag, ignored, integer, metadata, oneOf, text, uncovered } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { customFieldsParam } from "./shapes.ts";
import { WISHED_DISCOUNTS } from "./wished-discounts.ts";

/** What a draft can be given, when it is made and later. */
export const INVOICE_FIELDS = {
  account_tax_ids: ignored,
  application_fee_amount: uncovered,
  auto_advance: flag,
  automatic_tax: uncovered,
  automatically_finalizes_at: integer,
  collection_method: oneOf("charge_automatically", "send_invoice"),
  custom_fields: customFieldsParam,
  days_until_due: integer,
  default_payment_method: text,
  default_source: uncovered,
  default_tax_rates: uncovered,
  description: text,
  discounts: WISHED_DISCOUNTS,
  due_date: integer,
  effective_at: integer,
  footer: text,
  issuer: ignored,
  metadata,
  number: text,
  on_behalf_of: uncovered,
  payment_settings: ignored,
  rendering: ignored,
  shipping_cost: uncovered,
  shipping_details: ignored,
  statement_descriptor: text,
  transfer_data: uncovered,
};

interface Given {
  auto_advance?: boolean | null;
  automatically_finalizes_at?: number | null;
  collection_method?: "charge_automatically" | "send_invoice" | null;
  custom_fields?: ReturnType<typeof customFieldsParam> | null;
  days_until_due?: number | null;
  default_payment_method?: string | null;
  description?: string | null;
  due_date?: number | null;
  footer?: string | null;
  number?: string | null;
  statement_descriptor?: string | null;
}

/** The plain fields as they will be shown; what contradicts itself is refused. */
export function fieldsOf(
  call: Call,
  given: Given,
  before: Pick<Stripe.Invoice, "customer" | "collection_method" | "due_date" | "created">,
): Partial<Stripe.Invoice> {
  const collection_method = given.collection_method ?? before.collection_method;
  const { custom_fields, description, footer, number, statement_descriptor } = given;
  const plain = { custom_fields, description, footer, number, statement_descriptor };
  return {
    ...(Object.fromEntries(
      Object.entries(plain).filter(([, value]) => value !== undefined),
    ) as Partial<Stripe.Invoice>),
    ...methodOf(call, given.default_payment_method, String(before.customer)),
    collection_method,
    ...(collection_method === "send_invoice" && { next_payment_attempt: null }),
    due_date: dueDateOf(call, given, { ...before, collection_method }),
  };
}

/** When a draft finalizes by itself; at once never, an hour from now usually. */
export function advanceOf({ world }: Call, given: Given): Partial<Stripe.Invoice> {
  const { auto_advance, automatically_finalizes_at: at } = given;
  if (typeof at === "number") {
    if (at <= world.now()) throw notInFuture("automatically_finalizes_at");
    return { auto_advance: true, automatically_finalizes_at: at, next_payment_attempt: at };
  }
  if (typeof auto_advance !== "boolean") return {};
  const planned = auto_advance ? world.now() + world.settings.draftSeconds : null;
  return { auto_advance, automatically_finalizes_at: planned, next_payment_attempt: planned };
}

function methodOf({ world }: Call, id: string | null | undefined, customer: string): Partial<Stripe.Invoice> {
  if (id === undefined) return {};
  if (id !== null && world.store.get("paymentMethods", id)?.customer !== customer)
    throw missing("PaymentMethod", id, "default_payment_method");
  return { default_payment_method: id };
}

function dueDateOf(
  { world }: Call,
  { days_until_due: days, due_date: date }: Given,
  before: Pick<Stripe.Invoice, "collection_method" | "due_date" | "created">,
): number | null {
  const named = typeof days === "number" ? "days_until_due" : typeof date === "number" ? "due_date" : null;
  if (before.collection_method !== "send_invoice") {
    if (named === null) return null;
    throw badState(`You can only set \`${named}\` if \`collection_method\` is \`send_invoice\`.`, {
      param: named,
    });
  }
  if (typeof days === "number" && typeof date === "number")
    throw badParam(
      "parameters_exclusive",
      "You may only specify one of these parameters: days_until_due, due_date.",
      "days_until_due",
    );
  if (typeof days === "number") {
    if (days < 0)
      throw badParam("parameter_invalid_integer", "Invalid non-negative integer", "days_until_due");
    return before.created + days * DAY;
  }
  if (typeof date === "number") {
    if (date <= world.now()) throw notInFuture("due_date");
    return date;
  }
  if (before.due_date !== null) return before.due_date;
  throw badParam(
    "parameter_missing",
    "You must specify either `days_until_due` or `due_date` if `collection_method` is `send_invoice`.",
    "days_until_due",
  );
}

function notInFuture(param: string) {
  return badState("Invalid timestamp: must be an integer Unix timestamp in the future.", { param });
}
