import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCheckout, openShop, type Shop } from "../../test/shop.ts";

const lines: string[] = [];
let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ log: (line) => lines.push(line) });
});
afterAll(() => shop.close());

async function ask(path: string, body?: string): Promise<{ status: number; text: string }> {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const response = await fetch(new URL(path, shop.emulator.url), {
    redirect: "manual",
    ...(body !== undefined && { method: "POST", headers: form, body }),
  });
  return { status: response.status, text: await response.text() };
}

describe("what nobody can mean", () => {
  it("is not found when an address holds what no id does, and is put into no header", async () => {
    for (const path of [
      "/c/pay/%00",
      "/c/pay/a%0d%0aSet-Cookie:b",
      "/c/recover/%00",
      "/invoices/%0a/challenge",
    ])
      expect(await ask(path)).toMatchObject({ status: 404, text: expect.stringContaining("Not found") });
    expect((await ask("/c/pay/%00", "cardNumber=4")).status).toBe(404);
    expect((await ask("/invoices/%0d%0ab/pay-saved", "")).status).toBe(404);
  });

  it("is refused when it is a form that cannot be read, and is no fault of the emulator's", async () => {
    const { session } = await openCheckout(shop, { allow_promotion_codes: true });
    for (const path of [`/c/pay/${session.id}`, `/c/pay/${session.id}/promotion-code`])
      expect((await ask(path, "cardNumber=%zz")).status).toBe(400);
    const reason = "promotion=refused&code=X&reason=__proto__";
    expect((await ask(`/c/pay/${session.id}?${reason}`)).text).toContain("invalid");
    expect(lines.filter((line) => line.includes("error"))).toEqual([]);
  });
});
