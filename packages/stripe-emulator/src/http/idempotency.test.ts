import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, openShop, refusal, type Shop, sdkFor } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe("idempotency keys", () => {
  it("answers the same call the same, without doing it again", async () => {
    const first = await shop.stripe.customers.create({ name: "A" }, { idempotencyKey: "k1" });
    const again = await shop.stripe.customers.create({ name: "A" }, { idempotencyKey: "k1" });
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(shop.emulator.events().filter((event) => event.request?.idempotency_key === "k1")).toHaveLength(1);
  });

  it("refuses the same key with other parameters", async () => {
    await shop.stripe.customers.create({ name: "A" }, { idempotencyKey: "k2" });
    const error = await refusal(shop.stripe.customers.create({ name: "B" }, { idempotencyKey: "k2" }));
    expect(error).toMatchObject({ type: "StripeIdempotencyError", statusCode: 400 });
  });

  it("keeps an error that came from carrying the call out, but not a bad parameter", async () => {
    const call = () => shop.stripe.refunds.create({ charge: "ch_none" }, { idempotencyKey: "k3" });
    const first = await refusal(call());
    expect((await refusal(call())).headers).toHaveProperty("idempotent-replayed", "true");
    expect(first.code).toBe("resource_missing");
    await refusal(shop.stripe.customers.create({ nonsense: 1 } as object, { idempotencyKey: "k4" }));
    expect((await shop.stripe.customers.create({ name: "C" }, { idempotencyKey: "k4" })).name).toBe("C");
  });

  it("answers 409 while the first call is still running", async () => {
    shop.emulator.setApiLatency(150);
    const stripe = sdkFor(shop.emulator.port);
    const first = stripe.customers.create({ name: "A" }, { idempotencyKey: "k5" });
    const second = await Promise.race([
      Promise.all([first, refusal(stripe.customers.create({ name: "A" }, { idempotencyKey: "k5" }))]),
    ]);
    shop.emulator.setApiLatency(0);
    expect(second[1]).toMatchObject({
      statusCode: 409,
      code: "idempotency_key_in_use",
      type: "StripeAPIError",
    });
  });

  it("forgets a key after a day", async () => {
    const first = await shop.stripe.customers.create({}, { idempotencyKey: "k6" });
    await shop.emulator.clock.advance(DAY + 1000);
    expect((await shop.stripe.customers.create({}, { idempotencyKey: "k6" })).id).not.toBe(first.id);
  });
});

describe("an idempotency key and its path", () => {
  it("is good for one endpoint of the account, unless it is set to be each one's own", async () => {
    await shop.stripe.customers.create({ name: "A" }, { idempotencyKey: "k7" });
    const error = await refusal(shop.stripe.products.create({ name: "A" }, { idempotencyKey: "k7" }));
    expect(error.message).toContain("('/v1/products' vs '/v1/customers')");
    const other = await openShop({ settings: { keyScope: "endpoint" } });
    await other.stripe.customers.create({ name: "A" }, { idempotencyKey: "k7" });
    expect((await other.stripe.products.create({ name: "A" }, { idempotencyKey: "k7" })).name).toBe("A");
    await other.close();
  });

  it("is nothing to calls that read or delete; an answer that is replayed names the first request", async () => {
    const { id, lastResponse } = await shop.stripe.customers.create({}, { idempotencyKey: "k8" });
    const again = await shop.stripe.customers.create({}, { idempotencyKey: "k8" });
    expect(again.lastResponse.headers["original-request"]).toBe(lastResponse.requestId);
    expect(again.lastResponse.requestId).not.toBe(lastResponse.requestId);
    const path = `${shop.emulator.url}/v1/customers/${id}`;
    const headers = { authorization: "Bearer sk_test_shop", "idempotency-key": "k9" };
    expect((await fetch(path, { method: "DELETE", headers })).status).toBe(200);
    expect((await fetch(path, { method: "DELETE", headers })).status).toBe(404);
    expect((await fetch(path, { headers })).headers.get("idempotent-replayed")).toBeNull();
  });
});
