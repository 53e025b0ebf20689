import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR, openShop, type Shop, START } from "../../test/shop.ts";
import { startEmulator } from "../index.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function call(path: string, body?: object): Promise<Record<string, unknown>> {
  const init =
    body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`${shop.emulator.url}/_emulator/${path}`, init);
  return (await response.json()) as Record<string, unknown>;
}

/** fetch does not let one set Host; a rebinding attacker's browser does. */
function statusFor(headers: Record<string, string>): Promise<number | undefined> {
  const { port } = shop.emulator;
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path: "/_emulator/clock", headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

describe("the control API", () => {
  it("tells the time and lets it pass", async () => {
    expect(await call("clock")).toEqual({ now: START });
    expect(await call("clock/advance", { seconds: 3600 })).toEqual({ now: START + HOUR });
    expect(await call("clock/advance", { to: START + 2 * HOUR })).toEqual({ now: START + 2 * HOUR });
    expect(await call("clock/advance", { to: START })).toHaveProperty("error");
    expect(await call("clock/advance", {})).toHaveProperty("error");
    expect(await call("clock/advance", { seconds: 1e99 })).toHaveProperty("error");
    expect(await call("clock/advance", { seconds: START })).toHaveProperty("error");
    await expect(shop.emulator.clock.advance(Number.NaN)).rejects.toThrow("not by NaN");
  });

  it("holds, sends, loses and releases deliveries", async () => {
    expect(await call("deliveries", { hold: true })).toEqual({ hold: true });
    await shop.stripe.customers.create({});
    const event = String(shop.emulator.events().at(-1)?.id);
    expect(await call("deliveries/send", { events: [event, event] })).toEqual({ statuses: [[200], [200]] });
    await shop.stripe.customers.create({});
    await call("deliveries/drop", { events: [shop.emulator.events().at(-1)?.id] });
    await call("deliveries", { hold: false });
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["customer.created", "customer.created"]);
    expect(await call("deliveries", { hold: "yes" })).toHaveProperty("error");
  });

  it("registers endpoints and forgets everything on request", async () => {
    expect(await call("endpoints", { url: shop.hookUrl, secret: "whsec_test_shop" })).toMatchObject({
      secret: "whsec_test_shop",
    });
    for (const url of ["nowhere", "ftp://shop.example/", "mailto:ada@example.com"]) {
      expect(await call("endpoints", { url })).toHaveProperty("error");
      expect(() => shop.emulator.addEndpoint(url)).toThrow(RangeError);
      await expect(startEmulator({ forwardTo: url })).rejects.toThrow(RangeError);
    }
    expect(await call("state")).toMatchObject({ counts: { customers: 2, endpoints: 2 } });
    await call("reset", {});
    expect(await call("state")).toMatchObject({ counts: { customers: 0, events: 0, endpoints: 1 } });
    await shop.stripe.customers.create({});
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["customer.created"]);
  });

  it("answers this machine only, and no page of another origin", async () => {
    expect(await statusFor({ host: "evil.example" })).toBe(403);
    expect(await statusFor({ host: `127.0.0.1:${shop.emulator.port}`, origin: "http://evil.example" })).toBe(
      403,
    );
    expect(await statusFor({ host: `localhost:${shop.emulator.port}` })).toBe(200);
    expect(await statusFor({ host: `127.0.0.1:${shop.emulator.port}`, origin: shop.emulator.url })).toBe(200);
  });
});
