import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isCliThere, prepareCli } from "../../test/cli/run-cli.ts";
import { HOUR, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ retryProfile: "test" });
});
afterAll(() => shop.close());

async function read(path: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${shop.emulator.url}/_emulator/${path}`);
  return (await response.json()) as Record<string, unknown>;
}

async function causeEvent(): Promise<string> {
  await shop.stripe.customers.create({});
  await shop.emulator.settled();
  return String(shop.emulator.events().at(-1)?.id);
}

const deliveriesOf = (event: string) => shop.emulator.deliveries().filter((row) => row.event === event);

describe("the delivery log", () => {
  it("has a row for each attempt, with its answer and how long it took", async () => {
    shop.answer(503);
    const event = await causeEvent();
    shop.answer(200);
    await shop.emulator.clock.advance(HOUR);
    await shop.emulator.settled();
    const [delivery] = deliveriesOf(event);
    const attempts = shop.emulator.attempts(delivery?.id);
    expect(attempts.map(({ status }) => status)).toEqual([503, 200]);
    expect(attempts[0]).toMatchObject({ delivery: delivery?.id, error: null, took: expect.any(Number) });
    expect((attempts[1]?.at ?? 0) - (attempts[0]?.at ?? 0)).toBeGreaterThan(0);
    expect(await read(`deliveries/${delivery?.id}`)).toMatchObject({ status: "succeeded", log: attempts });
    expect(await read("deliveries/dlv_none")).toHaveProperty("error");
    expect(shop.emulator.attempts().length).toBeGreaterThanOrEqual(2);
  });

  it("says why nothing came back, and can be read by event, endpoint and state", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const { id } = shop.emulator.addEndpoint(`http://127.0.0.1:${port}/`);
    const event = await causeEvent();
    const failed = await read(`deliveries?event=${event}&endpoint=${id}&status=pending`);
    const [row] = failed["deliveries"] as { id: string }[];
    expect(failed["deliveries"]).toHaveLength(1);
    expect(shop.emulator.attempts(row?.id)).toMatchObject([
      { status: null, error: expect.stringContaining("ECONNREFUSED") },
    ]);
    expect((await read(`deliveries?event=${event}`))["deliveries"]).toHaveLength(2);
    expect(await read("deliveries?status=lost")).toHaveProperty("error");
    shop.emulator.removeEndpoint(id);
    // Deleted: given up at once, and the event counts as delivered by those who are left.
    expect(deliveriesOf(event).map(({ status }) => status)).toEqual(["succeeded", "dropped"]);
    expect((await shop.stripe.events.retrieve(event)).pending_webhooks).toBe(0);
  });

  it("keeps only the last attempts of a delivery that never succeeds", async () => {
    const other = await openShop({ retryProfile: "fast" });
    other.answer(500);
    await other.stripe.customers.create({});
    for (let minute = 0; minute < 40; minute += 1) {
      await other.emulator.clock.advance(60_000);
      await other.emulator.settled();
    }
    const [delivery] = other.emulator.deliveries();
    await other.emulator.deliver(Array.from({ length: 20 }, () => String(delivery?.event)));
    expect(other.emulator.deliveries()[0]?.attempts).toBeGreaterThan(50);
    expect(other.emulator.attempts()).toHaveLength(50);
    await other.close();
  });
});

describe("an event that is sent once more", () => {
  it("arrives again, and its retries go on all the same", async () => {
    shop.answer(500);
    const event = await causeEvent();
    shop.answer(200);
    expect(await shop.emulator.resend(event)).toEqual([200]);
    expect(deliveriesOf(event)).toMatchObject([{ status: "pending" }, { status: "succeeded", manual: true }]);
    expect((await shop.stripe.events.retrieve(event)).pending_webhooks).toBe(1);
    shop.heard();
    await shop.emulator.clock.advance(HOUR);
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["customer.created"]);
    expect(deliveriesOf(event)[0]).toMatchObject({ status: "succeeded", attempts: 2 });
  });

  it("is tried once: a failure is not retried", async () => {
    const event = await causeEvent();
    shop.answer(500);
    expect(await shop.emulator.resend(event)).toEqual([500]);
    shop.answer(200);
    expect(deliveriesOf(event)[1]).toMatchObject({ status: "exhausted", attempts: 1 });
    expect((await shop.stripe.events.retrieve(event)).pending_webhooks).toBe(0);
  });

  it("goes to the endpoint that is named, even if it asked for other events, but not to a disabled one", async () => {
    const { stripe } = shop;
    const enabled_events = ["product.created" as const];
    const { id } = await stripe.webhookEndpoints.create({ url: shop.hookUrl, enabled_events });
    const event = await causeEvent();
    await shop.emulator.resend(event, id);
    expect(deliveriesOf(event).at(-1)).toMatchObject({ endpoint: id, attempts: 1 });
    await stripe.webhookEndpoints.update(id, { disabled: true });
    expect(() => shop.emulator.resend(event, id)).toThrow("disabled");
    expect(() => shop.emulator.resend(event, "we_none")).toThrow("No such webhook endpoint");
    expect(() => shop.emulator.resend("evt_none")).toThrow("No such event");
    await stripe.webhookEndpoints.del(id);
  });

  it.runIf(isCliThere)("can be asked for by Stripe's own command line", async () => {
    const event = await causeEvent();
    const endpoint = String(deliveriesOf(event)[0]?.endpoint);
    const cli = await prepareCli();
    const where = ["--api-base", shop.emulator.url, "--api-key", "sk_test_1234567890abcdef"];
    const said = await cli("events", "resend", event, "--webhook-endpoint", endpoint, ...where);
    expect(JSON.parse(said.out)).toMatchObject({ id: event, object: "event" });
    expect((await cli("events", "resend", event, ...where)).code).toBe(0);
    await cli.close();
    await shop.emulator.settled();
    expect(deliveriesOf(event).map(({ status }) => status)).toEqual(["succeeded", "succeeded", "succeeded"]);
  });

  it("is refused when there is none", async () => {
    const path = `/v1/events/evt_none/retry`;
    const error = await refusal(shop.stripe.rawRequest("POST", path, {}));
    expect(error).toMatchObject({ statusCode: 404, code: "resource_missing" });
  });
});
