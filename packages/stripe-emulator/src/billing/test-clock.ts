import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import { currentPeriodEnd, intervalOf } from "../objects/subscription.ts";
import type { TableName } from "../store/tables.ts";
import { addIntervals, DAY } from "./calendar.ts";
import { deleteCustomer } from "./delete-customer.ts";
import type { World } from "./world.ts";

export type TestClock = Stripe.TestHelpers.TestClock;

/** Unverified: Stripe's documentation shows 7 days, older pages 30. */
const KEPT_SECONDS = 30 * DAY;

/** A clock of its own for some customers: they live by its frozen time and by nothing else. */
export function createTestClock(world: World, input: { frozenTime: number; name: string | null }): TestClock {
  const clock = world.store.put("testClocks", {
    id: world.id("clock"),
    object: "test_helpers.test_clock",
    created: world.now(),
    deletes_after: world.now() + KEPT_SECONDS,
    frozen_time: input.frozenTime,
    livemode: false,
    name: input.name,
    status: "ready",
    status_details: {},
  });
  world.emit("test_helpers.test_clock.created", clock);
  return clock;
}

/** A customer who lived by everybody's time takes what it has along. */
export function attachToClock(world: World, customer: string, test_clock: string): void {
  for (const table of ["subscriptions", "invoices"] as const)
    for (const { id } of world.store.where(table, "customer", customer))
      world.change(table, id, { test_clock });
  world.update("customer.updated", customer, { test_clock });
}

/** Begins an advance; what becomes due is done by the schedule, which then calls `finishAdvance`. */
export function startAdvance(world: World, id: string, target: number): TestClock {
  const clock = world.change("testClocks", id, {
    status: "advancing",
    status_details: { advancing: { target_frozen_time: target } },
  });
  world.emit("test_helpers.test_clock.advancing", clock);
  return clock;
}

/** The clock has arrived. */
export function finishAdvance(world: World, id: string, target: number): void {
  const arrived = { frozen_time: target, status: "ready", status_details: {} } as const;
  world.emit("test_helpers.test_clock.ready", world.change("testClocks", id, arrived));
}

/** Deletes a clock with its customers, whose subscriptions end. */
export function deleteTestClock(world: World, id: string): void {
  const clock = world.store.get("testClocks", id);
  if (clock === undefined) return;
  world.at(clock.frozen_time, () => {
    for (const customer of customersOfClock(world, id)) deleteCustomer(world, customer.id);
  });
  world.store.remove("testClocks", id);
  world.emit("test_helpers.test_clock.deleted", clock);
}

/** Those that live by this clock. */
export function customersOfClock(world: World, id: string): Stripe.Customer[] {
  return world.store
    .all("customers")
    .flatMap((row) => (row.deleted !== true && row.test_clock === id ? [row] : []));
}

/** How far a strict clock may be advanced at once: two intervals of its shortest subscription, else two years. */
export function strictLimit(world: World, clock: TestClock): number {
  const customers = new Set(customersOfClock(world, clock.id).map(({ id }) => id));
  const live = world.store
    .all("subscriptions")
    .filter((row) => customers.has(String(row.customer)) && row.status !== "canceled");
  const ends = live.flatMap((row) =>
    row.items.data.map(({ price }) => addIntervals(clock.frozen_time, intervalOf(price), 2)),
  );
  const trials = live.filter((row) => row.status === "trialing").map(currentPeriodEnd);
  const limit = Math.min(...ends, clock.frozen_time + 2 * 365 * DAY);
  return Math.max(limit, ...trials);
}

/** The clock a document lives by, through its customer; null: everybody's time. */
export function clockOf(world: World, table: TableName, id: string): string | null {
  const customer = customerOf(world, table, id);
  return customer === null ? null : clockOfCustomer(world, customer);
}

/** The clock of a customer, also of a deleted one as long as the clock is there; null: everybody's time. */
export function clockOfCustomer(world: World, customer: string): string | null {
  const live = liveCustomer(world, customer);
  if (live !== null) return typeof live.test_clock === "string" ? live.test_clock : null;
  const clock = world.store.where("invoices", "customer", customer)[0]?.test_clock;
  return typeof clock === "string" && world.store.get("testClocks", clock) !== undefined ? clock : null;
}

/** Does something at the time by which this customer lives. */
export function inTimeOf<R>(world: World, customer: string | null, work: () => R): R {
  const id = customer === null ? null : clockOfCustomer(world, customer);
  const clock = id === null ? undefined : world.store.get("testClocks", id);
  return clock === undefined ? work() : world.at(clock.frozen_time, work);
}

/** The time by which this customer lives (seconds). */
export function nowOf(world: World, customer: string | null): number {
  return inTimeOf(world, customer, () => world.now());
}

function customerOf(world: World, table: TableName, id: string): string | null {
  if (table === "lateEvents") {
    const late = world.store.get("lateEvents", id)?.object ?? "";
    if (world.store.get("invoices", late) !== undefined) return customerOf(world, "invoices", late);
    const payment = world.store.get("invoicePayments", late);
    if (payment !== undefined) return customerOf(world, "invoices", String(payment.invoice));
    const charge = world.store.get("disputes", late)?.charge ?? late;
    return (
      customerOf(world, "charges", String(charge)) ??
      customerOf(world, "paymentIntents", late) ??
      customerOf(world, "refunds", late)
    );
  }
  const row: unknown = world.store.get(table, id);
  if (typeof row !== "object" || row === null) return null;
  if (table === "customers") return id;
  if (table === "disputes" && "charge" in row) return customerOf(world, "charges", String(row.charge));
  return "customer" in row && typeof row.customer === "string" ? row.customer : null;
}
