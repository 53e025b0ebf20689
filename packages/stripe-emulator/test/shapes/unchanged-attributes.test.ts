import type Stripe from "stripe";
import { expect, it } from "vitest";
import { unchangedAttributes } from "./unchanged-attributes.ts";

it("a previous attribute that is as before is found, also inside a hash", () => {
  const object = {
    object: "charge",
    refunded: false,
    amount_refunded: 900,
    billing_details: { name: "Ada", phone: null },
  };
  const previous_attributes = {
    refunded: false,
    amount_refunded: 0,
    billing_details: { name: "Ada", phone: "1" },
  };
  const event = { type: "charge.refunded", data: { object, previous_attributes } } as unknown as Stripe.Event;
  expect(unchangedAttributes(event)).toEqual([
    "charge.refunded: refunded",
    "charge.refunded: billing_details.name",
  ]);
});
