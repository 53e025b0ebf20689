import { HANDLED_EVENTS } from "@liveassist/shared/handled-events";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEvent } from "./read-event.ts";
import { subjectOf } from "./stripe-events.ts";

const body = (type: string, object: object, over: object = {}): string =>
  JSON.stringify({ id: "evt_1", type, created: 1_795_000_000, livemode: false, data: { object }, ...over });

describe("an event says whom it concerns", () => {
  test("a checkout session: its customer, subscription and every user id it names, once", () => {
    const session = {
      id: "cs_1",
      customer: "cus_1",
      subscription: "sub_1",
      client_reference_id: "user_1",
      metadata: { userId: "user_1" },
    };
    expect(readEvent(body("checkout.session.completed", session))).toMatchObject({
      subject: "session",
      objectId: "cs_1",
      sessionId: "cs_1",
      customerId: "cus_1",
      subscriptionId: "sub_1",
      userIds: ["user_1"],
      createdAt: 1_795_000_000_000,
    });
  });
  test("an invoice: its subscription and user through its parent", () => {
    const details = { subscription: "sub_1", metadata: { userId: "user_1" } };
    const invoice = { id: "in_1", customer: "cus_1", parent: { subscription_details: details } };
    expect(readEvent(body("invoice.paid", invoice))).toMatchObject({
      subject: "invoice",
      sessionId: null,
      customerId: "cus_1",
      subscriptionId: "sub_1",
      userIds: ["user_1"],
    });
  });
  test("a customer is its own customer, a dispute knows only its charge", () => {
    expect(readEvent(body("customer.deleted", { id: "cus_1" })).customerId).toBe("cus_1");
    expect(readEvent(body("charge.dispute.created", { id: "dp_1", charge: "ch_1" }))).toMatchObject({
      subject: "dispute",
      customerId: null,
      chargeId: "ch_1",
    });
    expect(readEvent(body("charge.refunded", { id: "ch_1", customer: "cus_1" })).chargeId).toBe("ch_1");
  });
  test("expanded objects count by their id, and contradicting user ids are all kept", () => {
    const session = {
      id: "cs_1",
      customer: { id: "cus_1", email: "a@example.com" },
      client_reference_id: "user_1",
      metadata: { userId: "user_2" },
    };
    const facts = readEvent(body("checkout.session.completed", session));
    expect(facts).toMatchObject({ customerId: "cus_1", userIds: ["user_1", "user_2"] });
  });
});

test("what is missing, empty or of another type is read as absent, not refused", () => {
  const odd = { id: 7, customer: { email: "no id" }, subscription: "", metadata: "text", parent: 3 };
  const facts = readEvent(body("invoice.paid", odd, { livemode: "yes", created: null, api_version: 5 }));
  expect(facts).toMatchObject({
    objectId: null,
    customerId: null,
    subscriptionId: null,
    userIds: [],
    livemode: null,
    createdAt: null,
    apiVersion: null,
  });
});

test("a body that is no event is refused in the contract's words", () => {
  for (const broken of ["", "{", "null", "[]", "{}", body("", {}), '{"id":"evt_1","type":"x","data":{}}'])
    expect(() => readEvent(broken)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
});

test("any object of any handled type can be read", () => {
  fc.assert(
    fc.property(fc.constantFrom(...HANDLED_EVENTS), fc.object(), (type, object) => {
      expect(readEvent(body(type, object)).subject).toBe(subjectOf(type));
    }),
  );
});

test("types that are not handled have no subject, however near their name is", () => {
  for (const type of [
    "invoice.created",
    "customer.updated",
    "checkout.session",
    "charge.succeeded",
    "Invoice.paid",
  ])
    expect(subjectOf(type)).toBeNull();
});
