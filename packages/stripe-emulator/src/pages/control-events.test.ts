import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, openShop, type Shop, START } from "../../test/shop.ts";
import { send, sendAndFollow, visit } from "../../test/visit-page.ts";

let shop: Shop;
let control: string;
beforeAll(async () => {
  shop = await openShop();
  control = `${shop.emulator.url}/control`;
});
afterAll(() => shop.close());

async function lastEvent(): Promise<string> {
  await shop.stripe.customers.create({ name: "<b>Ada</b>" });
  await shop.emulator.settled();
  return String(shop.emulator.events().at(-1)?.id);
}

describe("events on the control page", () => {
  it("show what they say, word for word, and every attempt to deliver them", async () => {
    shop.answer(500);
    const id = await lastEvent();
    shop.answer(200);
    await shop.emulator.clock.advance(60_000);
    await shop.emulator.settled();
    const { text } = await visit(`${control}/events/${id}`);
    expect(text).toContain("&lt;b&gt;Ada&lt;/b&gt;");
    expect(text).toContain("2 attempts");
    expect(text).toMatch(/class="tag bad">500<[\s\S]*class="tag good">200</);
    expect((await visit(control)).text).toContain(`href="/control/events/${id}"`);
    expect((await visit(`${control}/events/evt_none`)).status).toBe(404);
  });

  it("are sent again by hand", async () => {
    const id = await lastEvent();
    shop.heard();
    expect((await sendAndFollow(`${control}/events/${id}/resend`)).text).toContain("Sent again.");
    expect(shop.heard()).toEqual(["customer.created"]);
  });

  it("can be looked at by what became of them", async () => {
    await lastEvent();
    expect((await visit(`${control}?status=exhausted`)).text).toContain("None exhausted.");
    expect((await visit(`${control}?status=succeeded`)).text).toContain("customer.created");
    expect((await visit(`${control}?status=nonsense`)).text).toContain("customer.created");
  });
});

describe("the state on the control page", () => {
  it("is kept under a name, restored, and forgotten", async () => {
    await shop.stripe.customers.create({ email: "kept@example.com" });
    expect((await sendAndFollow(`${control}/snapshots`, { "snapshot-name": "with <Ada>" })).text).toContain(
      "with &lt;Ada&gt;",
    );
    const id = /action="\/control\/snapshots\/([^"]+)"/.exec((await visit(control)).text)?.[1];
    await shop.stripe.customers.create({ email: "lost@example.com" });
    await send(`${control}/snapshots/${id}`, { do: "restore" });
    const left = (await shop.stripe.customers.list()).data.map(({ email }) => email);
    expect(left).toContain("kept@example.com");
    expect(left).not.toContain("lost@example.com");
    await send(`${control}/snapshots/${id}`, { do: "forget" });
    expect((await visit(control)).text).not.toContain("with &lt;Ada&gt;");
    expect((await send(`${control}/snapshots/snap_none`, { do: "restore" })).status).toBe(303);
  });

  it("is forgotten as a whole on request, except the endpoint given at the start", async () => {
    await sendAndFollow(`${control}/reset`);
    expect((await shop.stripe.customers.list()).data).toEqual([]);
    await lastEvent();
    expect(shop.heard().at(-1)).toBe("customer.created");
  });
});

describe("time on the control page", () => {
  it("goes to a moment that is typed, and never back", async () => {
    const now = shop.emulator.clock.now();
    await send(`${control}/clock`, { until: new Date(now + DAY).toISOString().slice(0, 19) });
    expect(shop.emulator.clock.now()).toBe(Math.floor((now + DAY) / 1000) * 1000);
    await send(`${control}/clock`, { until: "2020-01-01T00:00" });
    await send(`${control}/clock`, { until: "nonsense" });
    expect(shop.emulator.clock.now()).toBeGreaterThanOrEqual(START + DAY);
  });

  it("passes for a test clock alone", async () => {
    const frozen_time = Math.floor(START / 1000);
    const clock = await shop.stripe.testHelpers.testClocks.create({ frozen_time, name: "A year" });
    const before = shop.emulator.clock.now();
    expect((await visit(control)).text).toContain("A year");
    await send(`${control}/test-clocks/${clock.id}`, { seconds: "86400" });
    const after = await shop.stripe.testHelpers.testClocks.retrieve(clock.id);
    expect(after).toMatchObject({ frozen_time: frozen_time + 86_400, status: "ready" });
    expect(shop.emulator.clock.now()).toBe(before);
  });
});
