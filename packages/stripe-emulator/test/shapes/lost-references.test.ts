import { afterAll, beforeAll, expect, it } from "vitest";
import { openShop, type Shop } from "../shop.ts";
import { lostReferences } from "./lost-references.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

it("an id that leads nowhere is found, and one that leads to another kind of object", async () => {
  const { id } = await shop.stripe.customers.create();
  const kinds = ["customer"];
  const references = [
    { path: "invoice.customer", id, kinds },
    { path: "list.data[3].customer", id: "cus_nobody", kinds },
    { path: "invoice.customer", id: "sub_1", kinds },
    { path: "charge.review", id: "prv_1", kinds: ["review"] },
  ];
  expect(await lostReferences(shop.stripe, references, new Map([["sub_1", "subscription"]]))).toEqual([
    'list.data[].customer is "cus_nobody…", and there is no such customer',
    "invoice.customer is the id of a subscription, must be of customer",
  ]);
});
