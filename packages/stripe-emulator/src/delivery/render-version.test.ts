import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, HOUR, openShop, refusal, type Shop } from "../../test/shop.ts";

/** An event with what older versions had, which today's types no longer know. */
type Old = {
  type: string;
  api_version: string;
  data: Record<"object" | "previous_attributes", Record<string, unknown>>;
};

const ACACIA = "2024-12-18.acacia";
const old: Old[] = [];
const hook = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    old.push(JSON.parse(body));
    response.end();
  });
});
let shop: Shop;
beforeAll(async () => {
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  shop = await openShop();
});
afterAll(async () => {
  await shop.close();
  await new Promise((resolve) => hook.close(resolve));
});

describe("an endpoint of an older version", () => {
  it("gets events as that version showed them, and the other one today's", async () => {
    const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
    const enabled_events = ["*" as const];
    const made = await shop.stripe.webhookEndpoints.create({ url, enabled_events, api_version: ACACIA });
    expect(made.api_version).toBe(ACACIA);
    const { subscription } = await buy(shop);
    await shop.emulator.clock.advance(31 * DAY + 2 * HOUR);
    await shop.emulator.settled();
    const last = (type: string) => old.findLast((event) => event.type === type);
    const [item] = subscription.items.data;
    expect(old.find(({ type }) => type === "customer.subscription.created")).toMatchObject({
      api_version: ACACIA,
      data: {
        object: {
          current_period_start: item?.current_period_start,
          current_period_end: item?.current_period_end,
        },
      },
    });
    const turn = old.find((event) => event.data.previous_attributes?.["items"] !== undefined);
    expect(turn?.data.previous_attributes).toMatchObject({ current_period_end: item?.current_period_end });
    const charge = last("charge.succeeded")?.data.object;
    expect(last("invoice.paid")?.data.object).toMatchObject({
      subscription: subscription.id,
      paid: true,
      charge: charge?.["id"],
      payment_intent: charge?.["payment_intent"],
    });
    const invoice = last("invoice.paid")?.data.object["id"];
    expect(last("payment_intent.succeeded")?.data.object["invoice"]).toBe(invoice);
    const today = shop.received.findLast(({ type }) => type === "invoice.paid");
    expect(today).toMatchObject({ api_version: Stripe.API_VERSION });
    expect(today?.data.object).not.toHaveProperty("paid");
  });

  it("keeps its version, whatever is changed; events that are listed stay in their own", async () => {
    const [endpoint] = (await shop.stripe.webhookEndpoints.list()).data;
    const update = { description: "x", api_version: Stripe.API_VERSION };
    expect((await refusal(shop.stripe.webhookEndpoints.update(String(endpoint?.id), update))).param).toBe(
      "api_version",
    );
    expect((await shop.stripe.webhookEndpoints.retrieve(String(endpoint?.id))).api_version).toBe(ACACIA);
    const [event] = (await shop.stripe.events.list({ type: "invoice.paid" })).data;
    expect(event?.api_version).toBe(Stripe.API_VERSION);
  });
});
