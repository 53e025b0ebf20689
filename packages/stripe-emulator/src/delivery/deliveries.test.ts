import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DAY, HOUR, openCheckout, openShop, refusal, SECRET, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ retryProfile: "test" });
});
afterEach(() => {
  shop.answer(200);
  shop.emulator.setDelivery({ hold: false });
});
afterAll(() => shop.close());

const latest = () => shop.emulator.deliveries().at(-1);

describe("webhook deliveries", () => {
  it("look like Stripe's: signed raw JSON, fresh wall time, no redirects followed", async () => {
    const seen: { headers: Record<string, unknown>; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        seen.push({ headers: request.headers, body });
        response.writeHead(302, { location: "/elsewhere" }).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const endpoint = shop.emulator.addEndpoint(url, {
      secret: "whsec_other",
      enabledEvents: ["customer.created"],
    });
    await shop.stripe.customers.create({});
    await shop.emulator.settled();
    expect(seen).toHaveLength(1);
    const { headers, body } = seen[0] ?? { headers: {}, body: "" };
    expect(headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    });
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["stripe-signature"])) ?? [];
    expect(v1).toBe(createHmac("sha256", "whsec_other").update(`${t}.${body}`).digest("hex"));
    expect(Math.abs(Number(t) - Date.now() / 1000)).toBeLessThan(5);
    expect(latest()).toMatchObject({ status: "pending", attempts: 1, lastStatus: 302 });
    shop.emulator.removeEndpoint(endpoint.id);
    await new Promise((resolve) => server.close(resolve));
  });

  it("try again until taken, and give up after the profile's last try", async () => {
    shop.answer(500);
    const { id } = await shop.stripe.customers.create({});
    await shop.emulator.settled();
    expect(latest()).toMatchObject({ status: "pending", attempts: 1, lastStatus: 500 });
    const [event] = (await shop.stripe.events.list({ delivery_success: false, type: "customer.*" })).data;
    expect(event).toMatchObject({ type: "customer.created", pending_webhooks: 1, data: { object: { id } } });
    await shop.emulator.clock.advance(HOUR / 6);
    await shop.emulator.settled();
    shop.answer(200);
    await shop.emulator.clock.advance(HOUR);
    await shop.emulator.settled();
    expect(latest()).toMatchObject({ status: "succeeded", attempts: 3, lastStatus: 200 });
    expect((await shop.stripe.events.retrieve(String(event?.id))).pending_webhooks).toBe(0);
    shop.answer(400);
    await shop.stripe.customers.create({});
    for (let i = 0; i < 5; i += 1) {
      await shop.emulator.clock.advance(DAY);
      await shop.emulator.settled();
    }
    expect(latest()).toMatchObject({ status: "exhausted", attempts: 4 });
    const [given] = (await shop.stripe.events.list({ delivery_success: false })).data;
    expect(given).toMatchObject({ id: latest()?.event, pending_webhooks: 1 });
  });

  it("can be held, sent by hand in any order, doubled and lost", async () => {
    const { session } = await openCheckout(shop);
    shop.emulator.setDelivery({ hold: true });
    await shop.emulator.completeCheckout(session.id);
    await shop.emulator.settled();
    expect(shop.heard()).toEqual([]);
    const id = (type: string) => String(shop.emulator.events().findLast((event) => event.type === type)?.id);
    const [paid, completed, lost] = [
      id("invoice.paid"),
      id("checkout.session.completed"),
      id("charge.succeeded"),
    ];
    expect(await shop.emulator.deliver([paid, completed, paid])).toEqual([200, 200, 200]);
    expect(shop.heard()).toEqual(["invoice.paid", "checkout.session.completed", "invoice.paid"]);
    shop.emulator.drop([lost]);
    shop.emulator.setDelivery({ hold: false });
    await shop.emulator.settled();
    const rest = shop.heard();
    expect(rest).toContain("customer.subscription.created");
    expect(rest).not.toContain("invoice.paid");
    expect(rest).not.toContain("charge.succeeded");
  });

  it("go to endpoints made through the API, whose secret is shown only once", async () => {
    const { stripe } = shop;
    const made = await stripe.webhookEndpoints.create({
      url: shop.hookUrl,
      enabled_events: ["product.created"],
      api_version: "2026-10-28.endive",
    });
    expect(made.secret).toMatch(/^whsec_/);
    expect((await stripe.webhookEndpoints.retrieve(made.id)).secret).toBeUndefined();
    expect((await stripe.webhookEndpoints.update(made.id, { disabled: true })).status).toBe("disabled");
    await stripe.products.create({ name: "P" });
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["product.created"]);
    expect((await stripe.webhookEndpoints.list()).data).toHaveLength(2);
    await stripe.webhookEndpoints.del(made.id);
    expect((await refusal(stripe.webhookEndpoints.retrieve(made.id))).statusCode).toBe(404);
    expect(
      (await refusal(stripe.webhookEndpoints.create({ url: "nowhere", enabled_events: ["*"] }))).code,
    ).toBe("url_invalid");
  });

  it("are tried again by themselves as the wall clock goes on, though the emulator's stands still", async () => {
    const other = await openShop({ retryProfile: "fast" });
    other.answer(500);
    await other.stripe.customers.create({});
    await other.emulator.settled();
    expect(other.heard()).toEqual([]);
    other.answer(200);
    await expect.poll(() => other.heard(), { timeout: 15_000 }).toEqual(["customer.created"]);
    await other.close();
  });

  it("give up an endpoint that does not answer in time", async () => {
    const other = await openShop({ deliveryTimeoutMs: 60 });
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    other.emulator.addEndpoint(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/`);
    await other.stripe.customers.create({});
    await other.emulator.settled();
    expect(other.emulator.deliveries().at(-1)).toMatchObject({
      status: "pending",
      attempts: 1,
      lastError: "no answer within 60 ms",
    });
    await other.close();
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  it("are verified by the SDK only with the right secret", () => {
    const [event] = shop.received;
    const body = JSON.stringify(event);
    const header = shop.stripe.webhooks.generateTestHeaderString({ payload: body, secret: "whsec_wrong" });
    expect(() => shop.stripe.webhooks.constructEvent(body, header, SECRET)).toThrow("signature");
  });
});

describe("a webhook secret that is rolled", () => {
  it("signs beside the new one until its time is over, then no longer", async () => {
    const shop = await openShop();
    const create = async () => {
      const before = [shop.received.length, shop.refused.length] as const;
      await shop.stripe.customers.create({});
      await shop.emulator.settled();
      return [shop.received.length - before[0], shop.refused.length - before[1]];
    };
    const secret = shop.emulator.rollSecret({ keepMs: 2 * HOUR });
    expect(secret).toMatch(/^whsec_/);
    expect(secret).not.toBe(SECRET);
    expect(await create()).toEqual([1, 0]); // the shop still knows only the old one
    await shop.emulator.clock.advance(2 * HOUR);
    expect(await create()).toEqual([0, 1]);
    const response = await fetch(`${shop.emulator.url}/_emulator/endpoints/we_1Nobody/roll`, {
      method: "POST",
      body: "{}",
    });
    expect(response.status).toBe(400);
    expect(() => shop.emulator.rollSecret({ keepMs: 25 * HOUR })).toThrow("24 hours");
    await shop.close();
  });
});
