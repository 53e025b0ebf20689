import { describe, expect, it } from "vitest";
import { randomSource } from "../ids.ts";
import { buildCheckoutSession } from "../objects/checkout-session.ts";
import { buildCustomer } from "../objects/customer.ts";
import { buildPrice, buildProduct } from "../objects/product.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { Store } from "../store/store.ts";
import { DAY } from "./calendar.ts";
import { payCheckout } from "./pay-checkout.ts";
import { Schedule } from "./schedule.ts";
import { World } from "./world.ts";

const CARDS = [
  "4242424242424242",
  "4000000000000341",
  "4000000000000002",
  "4000002500003155",
  "4000002760003184",
];
const START = Date.UTC(2026, 0, 1) / 1000;

/** A year of some customers' lives without HTTP, deliveries or a clock of its own. */
function liveAYear(seed: number): World {
  let now = START;
  const random = randomSource(seed);
  const settings = { ...DEFAULT_SETTINGS, draftSecondsUnanswered: DEFAULT_SETTINGS.draftSeconds };
  const world = new World(new Store(), () => now * 1000, { settings, random });
  const schedule = new Schedule(world);
  const product = world.store.put("products", buildProduct(world, { name: "P", metadata: {} }));
  const recurring = { interval: "month", interval_count: 1 };
  const price = world.store.put(
    "prices",
    buildPrice(world, { product: product.id, currency: "sek", unit_amount: 3900, recurring, metadata: {} }),
  );
  for (let step = 0; step < 200; step += 1) {
    const id = openSession(world, price.id, random() < 0.5 ? 5 : null);
    const number = CARDS[Math.floor(random() * CARDS.length)] ?? "";
    const card = {
      number,
      expMonth: 12,
      expYear: 2040,
      cvc: "123",
      name: null,
      country: null,
      postalCode: null,
    };
    payCheckout(world, id, { card, email: null });
    now += Math.floor(random() * 4 * DAY);
    schedule.runUntil(now);
    world.store.commit();
  }
  return world;
}

function openSession(world: World, price: string, trialDays: number | null): string {
  const customer = world.store.put(
    "customers",
    buildCustomer(world, { email: "a@example.com", metadata: {} }),
  );
  const none = {
    customerEmail: null,
    clientReferenceId: null,
    successUrl: null,
    cancelUrl: null,
    locale: null,
  };
  const types = { allowedTypes: null, excludedTypes: null, billingAddressCollection: null, customText: {} };
  const session = buildCheckoutSession(world, {
    ...none,
    ...types,
    mode: "subscription",
    currency: "sek",
    offeredTypes: ["card"],
    amount: 3900,
    customer: customer.id,
    expiresAt: world.now() + DAY,
    metadata: {},
    paymentMethodCollection: "always",
    adaptivePricing: false,
    termsRequired: false,
  });
  world.store.put("sessions", session);
  world.store.put("checkoutPlans", {
    id: session.id,
    items: [{ price, quantity: 1 }],
    lineItems: [],
    subscription: {
      trialDays,
      trialEnd: null,
      missingPaymentMethod: "cancel",
      metadata: {},
      description: null,
      billingMode: "flexible",
    },
    customerUpdate: { address: false, name: false },
    intent: null,
    challenge: null,
    lastError: null,
  });
  return session.id;
}

describe("billing as a pure core", () => {
  it("lives the same lives for the same seed, event by event", () => {
    const [one, two, other] = [liveAYear(1), liveAYear(1), liveAYear(2)];
    expect(one.store.all("events").length).toBeGreaterThan(1000);
    expect(JSON.stringify(one.store.all("events"))).toBe(JSON.stringify(two.store.all("events")));
    expect(other.store.all("events")[0]?.id).not.toBe(one.store.all("events")[0]?.id);
  });

  it("never lets time run backwards, nor leaves anything overdue", () => {
    const world = liveAYear(3);
    const created = world.store.all("events").map((event) => event.created);
    expect(created).toEqual(created.toSorted((a, b) => a - b));
    const last = created.at(-1) ?? 0;
    expect(
      world.store.all("sessions").filter((row) => row.status === "open" && row.expires_at < last),
    ).toEqual([]);
    expect(world.store.all("subscriptions").some((row) => row.status === "active")).toBe(true);
    for (const row of world.store.all("subscriptions")) {
      const end = row.items.data[0]?.current_period_end ?? 0;
      if (row.status === "active" || row.status === "trialing") expect(end).toBeGreaterThanOrEqual(last);
    }
  });

  it("charges each period once", () => {
    const world = liveAYear(4);
    const paid = world.store.all("invoices").filter((row) => row.status === "paid" && row.total > 0);
    const periods = paid.map(
      (row) => `${row.parent?.subscription_details?.subscription} ${row.lines.data[0]?.period.start}`,
    );
    expect(new Set(periods).size).toBe(periods.length);
    const charges = world.store.all("charges").filter((row) => row.status === "succeeded");
    expect(charges).toHaveLength(paid.length);
  });
});
