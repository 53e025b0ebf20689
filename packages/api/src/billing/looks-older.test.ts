import { describe, expect, test } from "vitest";
import { eventBody } from "../../test/support/stripe-event.ts";
import { StripeWorld } from "../../test/support/stripe-world.ts";
import type { Observation } from "./ask-about-customer.ts";
import { looksOlder } from "./looks-older.ts";
import { readEvent } from "./read-event.ts";

const world = new StripeWorld(() => 0);
const { id: customerId } = world.customer("user_1");
const subscription = world.subscribe(customerId);
const invoice = world.invoice(subscription);

const seen = (over: Partial<Observation> = {}): Observation => ({
  customerId,
  seq: 1,
  at: 0,
  customerDeleted: false,
  subscriptions: [],
  invoices: null,
  sessions: [],
  lost: [],
  unknown: new Set(),
  ...over,
});
const told = (type: string, about: string, over = {}) =>
  readEvent(eventBody(world, { type, about, ...over }));
const showing = (status: string) => seen({ subscriptions: [{ ...subscription, status }] });

describe("Stripe's answer looks older than", () => {
  test("the end of a subscription that it still shows alive", () => {
    const deleted = told("customer.subscription.deleted", subscription.id);
    expect(looksOlder(deleted, showing("active"))).toBe(true);
    expect(looksOlder(deleted, showing("canceled"))).toBe(false);
  });
  test("a change of status when it shows the one before", () => {
    const updated = told("customer.subscription.updated", subscription.id, {
      object: { status: "past_due" },
      previous: { status: "active" },
    });
    expect(looksOlder(updated, showing("active"))).toBe(true);
    expect(looksOlder(updated, showing("past_due"))).toBe(false);
    expect(looksOlder(updated, showing("canceled"))).toBe(false);
  });
  test("a payment whose invoice it still shows open or as a draft", () => {
    const paid = told("invoice.paid", invoice.id);
    const showingInvoice = (status: string) => seen({ invoices: [{ ...invoice, status }] });
    expect([showingInvoice("open"), showingInvoice("draft")].map((one) => looksOlder(paid, one))).toEqual([
      true,
      true,
    ]);
    expect(looksOlder(paid, showingInvoice("paid"))).toBe(false);
  });
  test("a completed checkout that it still shows open", () => {
    const session = {
      id: "cs_1",
      url: null,
      customerId,
      subscriptionId: null,
      userIds: [],
      attemptId: null,
      expiresAt: null,
    };
    const completed = told("checkout.session.completed", "cs_1");
    expect(looksOlder(completed, seen({ sessions: [{ ...session, status: "open" }] }))).toBe(true);
    expect(looksOlder(completed, seen({ sessions: [{ ...session, status: "complete" }] }))).toBe(false);
  });
});

describe("nothing is suspected", () => {
  test("of an update that changed no status, or of an object the answer does not have", () => {
    const renamed = told("customer.subscription.updated", subscription.id, { previous: { metadata: {} } });
    expect(looksOlder(renamed, showing("active"))).toBe(false);
    expect(looksOlder(told("customer.subscription.deleted", subscription.id), seen())).toBe(false);
    expect(looksOlder(told("invoice.paid", invoice.id), seen())).toBe(false);
  });
  test("of events that say nothing about a state", () => {
    expect(looksOlder(told("customer.deleted", customerId), showing("active"))).toBe(false);
    const failed = told("invoice.payment_failed", invoice.id);
    expect(looksOlder(failed, seen({ invoices: [{ ...invoice, status: "open" }] }))).toBe(false);
  });
});
