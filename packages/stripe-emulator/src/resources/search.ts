import type Stripe from "stripe";
import { badParam } from "../http/errors.ts";
import { hash, integer, text } from "../http/params.ts";
import { type Route, route } from "../http/route.ts";
import { readQuery } from "../http/search-query.ts";
import type { TableName } from "../store/tables.ts";

const SEARCH = hash({ limit: integer, page: text, query: text }, "query");
/** What can be searched, and by which fields (docs.stripe.com/search#query-fields). */
const SEARCHED: readonly [path: string, table: TableName, fields: readonly string[]][] = [
  [
    "charges",
    "charges",
    ["amount", "created", "currency", "customer", "disputed", "metadata", "refunded", "status"],
  ],
  ["customers", "customers", ["created", "email", "metadata", "name", "phone"]],
  [
    "invoices",
    "invoices",
    ["created", "currency", "customer", "metadata", "number", "status", "subscription", "total"],
  ],
  ["payment_intents", "paymentIntents", ["amount", "created", "currency", "customer", "metadata", "status"]],
  ["prices", "prices", ["active", "currency", "lookup_key", "metadata", "product", "type"]],
  ["products", "products", ["active", "description", "metadata", "name", "shippable", "url"]],
  ["subscriptions", "subscriptions", ["canceled_at", "created", "metadata", "status"]],
];

/** Search by Stripe's query language: newest first, and at once rather than after a minute. */
export const searchRoutes: Route[] = SEARCHED.map(([path, table, fields]) =>
  route(`GET /v1/${path}/search`, SEARCH, ({ world }, { limit, page, query }) => {
    const size = limit ?? 10;
    if (size < 1 || size > 100)
      throw badParam(
        "parameter_invalid_integer",
        `This value must be between 1 and 100 (inclusive): ${size}`,
        "limit",
      );
    const start = page ? Number(page) : 0;
    if (!Number.isSafeInteger(start) || start < 0)
      throw badParam("parameter_invalid", "Invalid page token.", "page");
    const passes = readQuery(query, fields);
    const rows: readonly object[] = world.store.all(table);
    const found = rows.filter((row) => !("deleted" in row) && passes(searchable(row)));
    const data = found.reverse().slice(start, start + size);
    const more = found.length > start + size;
    return {
      object: "search_result",
      data,
      has_more: more,
      next_page: more ? String(start + size) : null,
      url: `/v1/${path}/search`,
    };
  }),
);

/** An invoice is found by its subscription, which it shows only inside its parent. */
function searchable(row: object): Record<string, unknown> {
  const parent = "parent" in row ? (row.parent as Stripe.Invoice["parent"]) : null;
  const subscription = parent?.subscription_details?.subscription;
  return { ...row, ...(subscription !== undefined && { subscription }) };
}
