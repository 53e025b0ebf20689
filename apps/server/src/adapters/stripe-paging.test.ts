import { StripeError, type StripePort } from "@liveassist/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Fault, StripeStub } from "../../test/support/stripe-stub.ts";
import { createStripe } from "./stripe.ts";

const CUSTOMER = "cus_1";
let stub: StripeStub;
let stripe: StripePort;
beforeEach(async () => {
  stub = await new StripeStub().start();
  stub.mostPerPage = 2;
  stripe = createStripe({
    secretKey: "sk_test_1",
    webhookSecrets: [],
    apiBase: stub.url,
    priceId: undefined,
    priceSek: 39,
  });
  for (let made = 1; made <= 5; made += 1) {
    const ours = { customer: made === 5 ? "cus_2" : CUSTOMER, created: made };
    stub.put({ ...ours, id: `sub_${made}`, object: "subscription", status: "active", items: { data: [] } });
    stub.put({ ...ours, id: `in_${made}`, object: "invoice", status: "paid", amount_paid: 3900 });
    stub.put({ ...ours, id: `cs_test_${made}`, object: "checkout.session", status: "open" });
  }
  // Three pages: 2, 2 and 1.
  stub.put({ id: "sub_6", object: "subscription", customer: CUSTOMER, created: 6, status: "canceled" });
  stub.put({ id: "in_6", object: "invoice", customer: CUSTOMER, created: 6, status: "open" });
  stub.put({ id: "cs_test_6", object: "checkout.session", customer: CUSTOMER, status: "open" });
});
afterEach(() => stub.stop());

const LISTS = [
  {
    what: "subscriptions",
    path: "/v1/subscriptions",
    prefix: "sub",
    list: () => stripe.listSubscriptions(CUSTOMER),
  },
  { what: "invoices", path: "/v1/invoices", prefix: "in", list: () => stripe.listInvoices(CUSTOMER) },
  {
    what: "open checkout sessions",
    path: "/v1/checkout/sessions",
    prefix: "cs_test",
    list: () => stripe.listOpenCheckoutSessions(CUSTOMER),
  },
];

/** Answers one page of a list differently; all others are as they are. */
const onPage = (afterId: string, answer: ReturnType<Fault>): Fault => {
  return ({ params }) => (params["starting_after"] === afterId ? answer : null);
};
const error = (type: string) => ({ error: { type, message: "no" } });
const FAILURES: { how: string; answer: ReturnType<Fault> }[] = [
  { how: "answers 500", answer: { status: 500, body: error("api_error") } },
  { how: "answers 429", answer: { status: 429, body: error("rate_limit_error") } },
  { how: "answers a proxy's 502", answer: { status: 502, body: { message: "upstream" } } },
  { how: "resets the connection", answer: "reset" },
];

describe.each(LISTS)("a list of $what", ({ path, prefix, list }) => {
  test("is read to its last page, and has the customer's own alone", async () => {
    const ids = ((await list()) ?? []).map((one) => one.id);
    expect(ids).toEqual([6, 4, 3, 2, 1].map((n) => `${prefix}_${n}`));
    const cursors = stub.calls
      .filter((call) => call.path === path)
      .map((call) => call.params["starting_after"]);
    expect(cursors).toEqual([undefined, `${prefix}_4`, `${prefix}_2`]);
  });
  for (const [name, n] of [
    ["second", 4],
    ["last", 2],
  ] as const) {
    test.each(FAILURES)(`whose ${name} page $how is no list: Stripe is unavailable`, async ({ answer }) => {
      stub.fault = onPage(`${prefix}_${n}`, answer);
      const asked = list();
      await expect(asked).rejects.toBeInstanceOf(StripeError);
      await expect(asked).rejects.toMatchObject({ kind: "unavailable" });
    });
  }
  test("whose cursor vanished between two pages is no list either, least of all an empty one", async () => {
    stub.fault = ({ params }) => {
      stub.objects.delete(params["starting_after"] ?? "");
      return null;
    };
    await expect(list()).rejects.toMatchObject({ name: "StripeError", kind: "unavailable" });
  });
});

test("a customer that Stripe does not know has no subscriptions to tell of, no invoices and no open page", async () => {
  const body = { error: { type: "invalid_request_error", code: "resource_missing", param: "customer" } };
  stub.fault = () => ({ status: 400, body });
  expect(await stripe.listSubscriptions("cus_none")).toBeNull();
  expect(await stripe.listInvoices("cus_none")).toEqual([]);
  expect(await stripe.listOpenCheckoutSessions("cus_none")).toEqual([]);
});

describe("the lists of everything", () => {
  const pages = async (): Promise<string[][]> => {
    const found: string[][] = [];
    for (let cursor: string | null = null; ; ) {
      const { subscriptions, next } = await stripe.pageOfSubscriptions(cursor);
      found.push(subscriptions.map((one) => one.id));
      if (next === null) return found;
      cursor = next;
    }
  };

  test("are read a page at a time, for all customers, in any status", async () => {
    expect(await pages()).toEqual([
      ["sub_6", "sub_5"],
      ["sub_4", "sub_3"],
      ["sub_2", "sub_1"],
    ]);
    expect(stub.calls[0]?.params).toMatchObject({ status: "all", limit: "100" });
    expect(stub.calls[0]?.params).not.toHaveProperty("customer");
  });

  test.each(FAILURES)(
    "pass on a later page's failure when it $how: trying again can help",
    async ({ answer }) => {
      stub.fault = onPage("sub_5", answer);
      await expect(pages()).rejects.toMatchObject({ name: "StripeError", kind: "unavailable" });
    },
  );

  test.each([
    { how: "400", status: 400 },
    { how: "403", status: 403 },
    { how: "404", status: 404 },
    { how: "501", status: 501 },
  ])("say that they are refused when Stripe answers $how", async ({ status }) => {
    stub.fault = () => ({ status, body: error("invalid_request_error") });
    await expect(stripe.pageOfSubscriptions(null)).rejects.toMatchObject({ kind: "rejected" });
    await expect(stripe.pageOfEvents(0, null)).rejects.toMatchObject({ kind: "rejected" });
  });

  test("say so as well when the cursor has vanished: the same page would be refused for ever", async () => {
    stub.objects.delete("sub_5");
    await expect(stripe.pageOfSubscriptions("sub_5")).rejects.toMatchObject({ kind: "rejected" });
  });
});
