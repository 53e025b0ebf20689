import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop, sdkFor } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe("customers and the ways of the API", () => {
  it("creates, retrieves, updates and deletes a customer", async () => {
    const made = await shop.stripe.customers.create({
      email: "ada@example.com",
      name: "Ada & Örjan [x]",
      metadata: { userId: "u1", plan: "a" },
      address: { country: "SE", line1: "Gatan 1" },
    });
    expect(made).toMatchObject({
      object: "customer",
      livemode: false,
      name: "Ada & Örjan [x]",
      address: { country: "SE", city: null },
    });
    expect(made.id).toMatch(/^cus_\w{14}$/);
    const changed = await shop.stripe.customers.update(made.id, {
      metadata: { plan: "", more: "1" },
      name: "",
    });
    expect(changed.metadata).toEqual({ userId: "u1", more: "1" });
    expect(changed.name).toBeNull();
    expect(changed.email).toBe("ada@example.com");
    expect((await shop.stripe.customers.update(made.id, { metadata: "" })).metadata).toEqual({});
    expect(await shop.stripe.customers.del(made.id)).toMatchObject({ id: made.id, deleted: true });
    expect(await shop.stripe.customers.retrieve(made.id)).toMatchObject({ id: made.id, deleted: true });
    expect((await refusal(shop.stripe.customers.update(made.id, { name: "B" }))).code).toBe(
      "resource_missing",
    );
  });

  it("shows where and as whom a customer is reached, and what its invoices say", async () => {
    const address = { line1: "Gatan 1", city: "Malmö", country: "SE" };
    const invoice_settings = { footer: "Tack!", custom_fields: [{ name: "Ref", value: "7" }] };
    const sent = {
      ...{ business_name: "Ada AB", individual_name: "Ada", invoice_prefix: "ADA" },
      ...{ shipping: { name: "Ada", phone: "+46701234567", address }, invoice_settings },
    };
    const made = await shop.stripe.customers.create(sent);
    expect(made).toMatchObject(sent);
    expect(made.shipping?.address).toMatchObject({ line2: null });
    const invoice = await shop.stripe.invoices.create({ customer: made.id });
    expect(invoice).toMatchObject(invoice_settings);
    const own = { footer: "", custom_fields: [{ name: "PO", value: "8" }] };
    const changed = await shop.stripe.invoices.update(invoice.id, own);
    expect(changed).toMatchObject({ footer: null, custom_fields: own.custom_fields });
    const cleared = await shop.stripe.customers.update(made.id, {
      shipping: "",
      invoice_settings: { custom_fields: "" },
    });
    expect(cleared).toMatchObject({
      ...{ shipping: null, business_name: "Ada AB" },
      invoice_settings: { custom_fields: null, footer: "Tack!" },
    });
  });

  it("tells of an update with the old values only", async () => {
    const made = await shop.stripe.customers.create({ email: "a@example.com", metadata: { a: "1" } });
    await shop.stripe.customers.update(made.id, { email: "b@example.com", metadata: { b: "2" } });
    const event = shop.emulator.events().findLast(({ type }) => type === "customer.updated");
    expect(event?.data.previous_attributes).toEqual({ email: "a@example.com", metadata: { b: null } });
    await shop.stripe.customers.update(made.id, { email: "b@example.com" });
    expect(shop.emulator.events().findLast(({ type }) => type === "customer.updated")?.id).toBe(event?.id);
  });

  it("answers errors in Stripe's shape", async () => {
    const missing = await refusal(shop.stripe.customers.retrieve("cus_none"));
    expect(missing).toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 404,
      code: "resource_missing",
      param: "id",
    });
    expect(missing.message).toBe("No such customer: 'cus_none'");
    expect(missing.requestId).toMatch(/^req_/);
    const unknown = await refusal(shop.stripe.customers.create({ nonsense: "1" } as object));
    expect(unknown).toMatchObject({ statusCode: 400, code: "parameter_unknown", param: "nonsense" });
    const incomplete = await refusal(shop.stripe.products.create({} as { name: string }));
    expect(incomplete).toMatchObject({ statusCode: 400, code: "parameter_missing", param: "name" });
    const response = await fetch(`${shop.emulator.url}/v1/nothing`, {
      headers: { authorization: "Bearer sk_test_x" },
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
  });

  it("wants a test key, and says so with 401", async () => {
    for (const authorization of ["", "Bearer sk_live_abc", "Bearer nonsense"]) {
      const response = await fetch(`${shop.emulator.url}/v1/customers`, { headers: { authorization } });
      expect(response.status).toBe(401);
      expect(await response.json()).toHaveProperty("error.type", "invalid_request_error");
    }
    const error = await refusal(sdkFor(shop.emulator.port, "sk_live_0123456789abcdef").customers.list());
    expect(error.type).toBe("StripeAuthenticationError");
    expect(error.message).not.toContain("0123456789abcdef");
  });

  it("takes one key only when it was given one", async () => {
    const other = await openShop({ secretKey: "sk_test_only" });
    expect((await refusal(other.stripe.customers.list())).statusCode).toBe(401);
    expect((await sdkFor(other.emulator.port, "sk_test_only").customers.list()).data).toEqual([]);
    await other.close();
  });

  it("echoes version, key and request id", async () => {
    const made = await shop.stripe.customers.create({}, { idempotencyKey: "echo" });
    expect(made.lastResponse).toMatchObject({
      apiVersion: "2026-10-28.endive",
      idempotencyKey: "echo",
      statusCode: 200,
    });
    expect(made.lastResponse.requestId).toMatch(/^req_/);
    const event = shop.emulator.events().at(-1);
    expect(event?.request).toEqual({ id: made.lastResponse.requestId, idempotency_key: "echo" });
  });

  it("pages newest first, in both directions", async () => {
    const { stripe } = shop;
    const ids: string[] = [];
    for (let i = 0; i < 7; i += 1)
      ids.unshift((await stripe.customers.create({ email: "page@example.com" })).id);
    const first = await stripe.customers.list({ limit: 3, email: "page@example.com" });
    expect(first).toMatchObject({ object: "list", has_more: true, url: "/v1/customers" });
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    const next = await stripe.customers.list({
      limit: 3,
      starting_after: String(ids[2]),
      email: "page@example.com",
    });
    expect(next.data.map(({ id }) => id)).toEqual(ids.slice(3, 6));
    const back = await stripe.customers.list({
      limit: 2,
      ending_before: String(ids[4]),
      email: "page@example.com",
    });
    expect(back.data.map(({ id }) => id)).toEqual(ids.slice(2, 4));
    expect(back.has_more).toBe(true);
    const all: string[] = [];
    for await (const { id } of stripe.customers.list({ limit: 2, email: "page@example.com" })) all.push(id);
    expect(all).toEqual(ids);
    expect((await refusal(stripe.customers.list({ limit: 101 }))).param).toBe("limit");
    expect((await refusal(stripe.customers.list({ starting_after: "cus_no" }))).code).toBe(
      "resource_missing",
    );
    expect((await stripe.customers.list({ created: { lt: 10 } })).data).toEqual([]);
  });
});
