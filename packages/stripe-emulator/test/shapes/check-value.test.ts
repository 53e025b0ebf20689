import Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { createCore } from "../../src/core.ts";
import { checkValue } from "./check-value.ts";
import { named, type Shape } from "./resolve-type.ts";

type Fields = Record<string, unknown>;

const INVOICE = named("resources/Invoices.js", "Invoice");
const CUSTOMER: Shape = {
  is: "one of",
  shapes: [named("resources/Customers.js", "Customer"), named("resources/Customers.js", "DeletedCustomer")],
};
const EVENT = named("resources/Events.js", "Event");

let invoice: Fields;
let updated: Fields;

beforeAll(async () => {
  const core = createCore({ now: Date.UTC(2026, 0, 31), seed: 7 });
  const events: Stripe.Event[] = [];
  core.onEvent((event) => events.push(event));
  const httpClient = Stripe.createFetchHttpClient(core.fetch);
  const stripe = new Stripe("sk_test_planted", { httpClient, maxNetworkRetries: 0 });
  const { id: customer } = await stripe.customers.create({ payment_method: "pm_card_visa" });
  const [card] = core.store.all("paymentMethods");
  const price = await stripe.prices.create({
    currency: "sek",
    unit_amount: 3900,
    recurring: { interval: "month" },
    product_data: { name: "One" },
  });
  const terms = { customer, items: [{ price: price.id }], default_payment_method: card?.id ?? "" };
  const { id } = await stripe.subscriptions.create(terms);
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  invoice = plain(core.store.all("invoices")[0]);
  updated = plain(events.findLast(({ type }) => type === "customer.subscription.updated"));
});

describe("a good object", () => {
  it("has no problems, and all its properties were looked at", () => {
    const { problems, properties } = checkValue(invoice, INVOICE, "invoice");
    expect(problems).toEqual([]);
    expect(properties).toBeGreaterThan(Object.keys(invoice).length);
    expect(checkValue(updated, EVENT, "event").problems).toEqual([]);
  });
});

describe("the id of another object", () => {
  it("is noted with the kinds of objects that it may lead to", () => {
    const { references } = checkValue(invoice, INVOICE, "invoice");
    const { customer } = invoice;
    expect(references).toContainEqual({
      path: "invoice.customer",
      id: customer,
      kinds: ["customer", "customer"],
    });
    const price = references.find(({ path }) => path === "invoice.lines.data[0].pricing.price_details.price");
    expect(price?.kinds).toEqual(["price"]);
    expect(references.map(({ path }) => path)).not.toContain("invoice.number");
  });
});

describe("a planted fault is found, with its path", () => {
  it.each<[string, unknown, string]>([
    ["amount_due", undefined, "required, missing"],
    ["amount_due", "3900", 'is "3900", must be number'],
    ["amount_due", null, "is null, must be number"],
    ["livemode", 0, "is 0, must be boolean"],
    ["object", "invoices", 'is "invoices", must be "invoice"'],
    ["parent", "sub_1", 'is "sub_1", must be Parent | null'],
    ["parent", [], "is a list, must be Parent | null"],
    ["description", {}, "is a hash, must be string | null"],
    ["account_tax_ids", { 0: "x" }, "is a hash, must be list | null"],
    ["subscription", "sub_1", "unknown: Invoice has no such property"],
    ["customer", "undefined", 'says "undefined"'],
    ["lines.data[0].period.end", undefined, "required, missing"],
    ["lines.data[0].pricing.unit_amount_decimal", undefined, "required, missing"],
    ["lines.data[0].pricing.unit_amount_decimal", 3900, "is 3900, must be decimal | null"],
    ["lines.data[0].pricing.unit_amount_decimal", "39,00", 'is "39,00", must be decimal | null'],
    ["metadata.plan", 1, "is 1, must be string"],
    ["lines.has_more", undefined, "required, missing"],
    ["collection_method", "by_pigeon", 'is "by_pigeon", must be "charge_automatically" | "send_invoice"'],
  ])("%s: %j", (path, value, says) => {
    const { problems } = checkValue(planted(invoice, path, value), INVOICE, "invoice");
    expect(problems).toEqual([{ path: `invoice.${path}`, says }]);
  });

  it("in one of several kinds of objects, by what the value says it is", () => {
    const deleted = { id: "cus_1", object: "customer", deleted: true };
    expect(checkValue(deleted, CUSTOMER, "customer").problems).toEqual([]);
    expect(checkValue({ ...deleted, email: null }, CUSTOMER, "customer").problems).toEqual([
      { path: "customer.email", says: "unknown: DeletedCustomer has no such property" },
    ]);
    const { id, ...nameless } = deleted;
    expect(checkValue(nameless, CUSTOMER, "customer").problems).toEqual([
      { path: "customer.id", says: "required, missing" },
    ]);
  });
});

describe("a fault planted in an event is found", () => {
  it.each<[string, unknown, string]>([
    ["data.object.status", "paid", 'is "paid", must be "active" | "canceled"'],
    ["data.object.items.data[0].price.unit_amount", undefined, "required, missing"],
    ["data.previous_attributes.cancel_at_end", false, "unknown: Subscription has no such property"],
    ["data.previous_attributes.cancel_at_period_end", "no", 'is "no", must be boolean'],
    ["data.previous_attributes.cancellation_details.reasons", null, "unknown: CancellationDetails has no"],
    ["api_version", undefined, "required, missing"],
  ])("%s: %j", (path, value, says) => {
    const { problems } = checkValue(planted(updated, path, value), EVENT, "event");
    expect(problems).toEqual([{ path: `event.${path}`, says: expect.stringContaining(says) }]);
  });

  it("but not where something was not there before the change", () => {
    const before = { status_details: null, metadata: { plan: null } };
    expect(checkValue(planted(updated, "data.previous_attributes", before), EVENT, "event").problems).toEqual(
      [],
    );
  });

  it("also when the event tells of another kind of object than its type says", () => {
    const { problems } = checkValue(planted(updated, "type", "invoice.paid"), EVENT, "event");
    expect(problems).toContainEqual({
      path: "event.data.object.object",
      says: 'is "subscription", must be "invoice"',
    });
  });
});

/** As on the wire. */
function plain(value: unknown): Fields {
  return JSON.parse(JSON.stringify(value)) as Fields;
}

/** A copy in which one value is another, or gone. */
function planted(good: Fields, path: string, value: unknown): Fields {
  const copy = structuredClone(good);
  const keys = path.replaceAll("[", ".").replaceAll("]", "").split(".");
  const last = keys.pop() ?? "";
  let owner = copy;
  for (const key of keys) owner = owner[key] as Fields;
  if (value === undefined) delete owner[last];
  else owner[last] = value;
  return copy;
}
