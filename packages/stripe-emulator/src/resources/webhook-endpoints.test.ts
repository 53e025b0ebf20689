import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../../test/shop.ts";
import { API_VERSIONS } from "../delivery/api-versions.ts";
import { EVENT_TYPES } from "../delivery/event-types.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** The words of a type in the SDK's declarations. */
function wordsOf(name: string): string[] {
  const file = createRequire(import.meta.url)
    .resolve("stripe")
    .replace(/(cjs|esm)\/.*$/, "esm/resources/WebhookEndpoints.d.ts");
  const [line = ""] = readFileSync(file, "utf8").match(new RegExp(`type ${name} = [^;]*;`)) ?? [];
  return [...line.matchAll(/'([^']*)'/g)].map(([, word = ""]) => word);
}

const create = (params: object) =>
  refusal(shop.stripe.webhookEndpoints.create({ url: shop.hookUrl, enabled_events: ["*"], ...params }));

describe("webhook endpoints", () => {
  it("know every event type and version that the SDK knows, and no other", () => {
    expect([...EVENT_TYPES, "*"].toSorted()).toEqual(wordsOf("EnabledEvent").toSorted());
    expect(API_VERSIONS).toEqual(wordsOf("ApiVersion"));
  });

  it("refuse event types that are none, and wildcards but the one", async () => {
    const unknown = await create({ enabled_events: ["invoice.paid", "invoice.payed"] });
    expect(unknown).toMatchObject({ statusCode: 400, param: "enabled_events[1]" });
    expect(unknown.message).toMatch(/^Invalid enabled_events\[1\]: must be one of \*, account\./);
    expect((await create({ enabled_events: ["invoice.*"] })).param).toBe("enabled_events[0]");
    expect((await create({ enabled_events: [] })).code).toBe("parameter_missing");
    const [endpoint] = (await shop.stripe.webhookEndpoints.list()).data;
    const update = { enabled_events: ["nothing" as "*"] };
    expect((await refusal(shop.stripe.webhookEndpoints.update(String(endpoint?.id), update))).param).toBe(
      "enabled_events[0]",
    );
  });

  it("refuse versions that never were, addresses that are none, and what Connect has", async () => {
    expect((await create({ api_version: "2025-01-01" })).param).toBe("api_version");
    expect((await create({ url: "ftp://shop.example/hook" })).code).toBe("url_invalid");
    expect((await create({ url: "http://" })).code).toBe("url_invalid");
    expect((await create({ connect: true })).message).toContain("does not cover");
  });

  it("have the version they were made with; without one it is the account's, and null", async () => {
    const { webhookEndpoints } = shop.stripe;
    const enabled_events = ["payout.paid" as const];
    for (const version of ["2024-06-20", undefined] as const) {
      const params = { url: shop.hookUrl, enabled_events, ...(version && { api_version: version }) };
      const { id, api_version } = await webhookEndpoints.create(params);
      expect(api_version).toBe(version ?? null);
      await webhookEndpoints.del(id);
    }
  });

  it("are sixteen at most", async () => {
    const made: string[] = [];
    for (let count = 1; count < 16; count += 1) {
      const enabled_events = ["payout.paid" as const];
      made.push((await shop.stripe.webhookEndpoints.create({ url: shop.hookUrl, enabled_events })).id);
    }
    expect((await create({})).message).toContain("maximum of 16");
    await shop.stripe.webhookEndpoints.del(String(made[0]));
    expect(
      (await shop.stripe.webhookEndpoints.create({ url: shop.hookUrl, enabled_events: ["*"] })).id,
    ).toBeTruthy();
  });
});
