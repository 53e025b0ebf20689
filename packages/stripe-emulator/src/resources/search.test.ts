import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe("search", () => {
  it("finds customers by fields and metadata, joined and negated, page by page", async () => {
    const { customers } = shop.stripe;
    for (const [email, kind] of [
      ["ada@example.com", "a"],
      ["bob@example.com", "b"],
      ["eve@other.org", "a"],
    ] as const)
      await customers.create({ email, name: `It's ${email}`, metadata: { kind, "a key": "x" } });
    await customers.create({ email: "gone@example.com" }).then(({ id }) => customers.del(id));
    const emails = async (query: string) =>
      (await customers.search({ query })).data.map(({ email }) => email);
    expect(await emails(`email:"ADA@example.com"`)).toEqual(["ada@example.com"]);
    expect(await emails(`metadata['kind']:'a'`)).toEqual(["eve@other.org", "ada@example.com"]);
    expect(await emails(`email~"example" AND -metadata["kind"]:"b"`)).toEqual(["ada@example.com"]);
    expect(await emails(`email:"ada@example.com" OR metadata["kind"]:"b"`)).toHaveLength(2);
    expect(await emails(`name:'It\\'s bob@example.com'`)).toEqual(["bob@example.com"]);
    expect(await emails("phone:null AND created>0")).toHaveLength(3);
    const first = await customers.search({ query: "created>0", limit: 2 });
    expect(first).toMatchObject({ object: "search_result", has_more: true, url: "/v1/customers/search" });
    const all: string[] = [];
    for await (const { id } of customers.search({ query: "created>0", limit: 2 })) all.push(id);
    expect(new Set(all).size).toBe(3);
  });

  it("finds subscriptions and their invoices", async () => {
    const { subscription } = await buy(shop, { subscription_data: { metadata: { user: "7" } } });
    const found = await shop.stripe.subscriptions.search({
      query: "status:'active' AND metadata['user']:'7'",
    });
    expect(found.data.map(({ id }) => id)).toEqual([subscription.id]);
    const { data } = await shop.stripe.invoices.search({ query: `subscription:"${subscription.id}"` });
    expect(data.map(({ id }) => id)).toEqual([subscription.latest_invoice]);
    await shop.stripe.subscriptions.cancel(subscription.id);
    expect((await shop.stripe.subscriptions.search({ query: "status:'active'" })).data).toEqual([]);
  });

  it("refuses what it cannot read, fields that are not searched, and AND mixed with OR", async () => {
    for (const query of [
      "",
      "email",
      "email:",
      "colour:'red'",
      "email:'a' AND name:'b' OR name:'c'",
      "email:'a' name:'b'",
    ])
      expect(await refusal(shop.stripe.customers.search({ query }))).toMatchObject({
        statusCode: 400,
        param: "query",
      });
    const page = shop.stripe.customers.search({ query: "created>0", page: "-1" });
    expect((await refusal(page)).param).toBe("page");
  });
});
