import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, openShop, type Shop, START } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function press(
  action: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${shop.emulator.url}/control${action}`, {
    method: "POST",
    headers,
    body: new URLSearchParams(fields),
  });
  return { status: response.status, text: await response.text() };
}

describe("the control page", () => {
  it("is linked from the first page and lets time pass, also to what is due next", async () => {
    expect(await (await fetch(shop.emulator.url)).text()).toContain('href="/control"');
    expect((await press("/clock", { seconds: "3600" })).text).toContain("Time has passed.");
    expect(shop.emulator.clock.now()).toBe(START + 3_600_000);
    const { subscription } = await buy(shop, { subscription_data: { trial_period_days: 5 } });
    const due = Number(subscription.trial_end) * 1000 - 3 * DAY;
    const page = await (await fetch(`${shop.emulator.url}/control`)).text();
    expect(page).toContain(`value="${due}"`);
    expect(shop.emulator.clock.nextDue()).toBe(due);
    await press("/clock", { to: String(due) });
    await shop.emulator.settled();
    expect(shop.heard().at(-1)).toBe("customer.subscription.trial_will_end");
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("adds a fault, shows it with its hits, and ends it", async () => {
    const fields = { fault: "drop", percent: "100", next: "2", only: "customer.created", ms: "" };
    expect((await press("/rules", fields)).text).toContain("2 more");
    await shop.stripe.customers.create({});
    const page = await (await fetch(`${shop.emulator.url}/control`)).text();
    expect(page).toContain("1 more");
    expect(page).toMatch(/<dt>drop<\/dt><dd>1<\/dd>/);
    const id = shop.emulator.chaos.read().rules[0]?.id;
    await press(`/rules/${id}/end`, {});
    expect(shop.emulator.chaos.read().rules).toEqual([]);
  });

  it("says what is wrong with what was typed, and keeps it", async () => {
    const { text } = await press("/rules", { fault: "delay", percent: "150", only: "<invoice>" });
    expect(text).toContain('role="alert"');
    expect(text).toContain("How often: a number from 0 to 100.");
    expect(text).toContain('value="&lt;invoice&gt;"');
    expect(shop.emulator.chaos.read().rules).toEqual([]);
  });

  it("takes Stripe down and ends everything that goes wrong, itself still reachable", async () => {
    expect((await press("/rules", { fault: "down" })).text).not.toContain("take-down");
    await expect(fetch(`${shop.emulator.url}/c/pay/cs_1`)).rejects.toThrow();
    expect((await press("/calm", {})).text).toContain("Nothing goes wrong any more.");
    expect((await fetch(`${shop.emulator.url}/c/pay/cs_1`)).status).toBe(404);
  });

  it("holds and lets go what is on its way", async () => {
    await press("/deliveries", { do: "hold" });
    await shop.stripe.customers.create({});
    expect(await (await fetch(`${shop.emulator.url}/control`)).text()).toContain("1 waiting");
    shop.heard();
    await press("/deliveries", { do: "go" });
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["customer.created"]);
  });

  it("obeys no page of another origin", async () => {
    const before = shop.emulator.clock.now();
    expect((await press("/clock", { seconds: "60" }, { origin: "http://evil.example" })).status).toBe(403);
    expect(shop.emulator.clock.now()).toBe(before);
  });
});
