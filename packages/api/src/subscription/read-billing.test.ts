import { stripeCustomers } from "@liveassist/db/schema";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { holdTimers } from "../../test/support/hold-timers.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor } from "../deps.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => {
  vi.useRealTimers();
  world.stripe.faults.recover();
});
afterAll(() => world.close());

const billing = (actor: Actor | null) => world.as(actor).subscription.billing();
const AWAY = { available: false, card: null, receipts: [], open_invoice: null };

async function payer() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  const invoice = world.at.invoice(subscription);
  await world.as(actor).subscription.refresh();
  return { actor, customerId, subscription, invoice };
}

test("shows the card and a receipt for every payment, of one's own customers only", async () => {
  const { actor, invoice } = await payer();
  await payer();
  expect(await billing(actor)).toEqual({
    available: true,
    card: { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2030 },
    receipts: [
      {
        id: invoice.id,
        paid_at: new Date(invoice.paidAt ?? 0).toISOString(),
        amount_ore: 3900,
        currency: "sek",
        url: expect.stringContaining(invoice.id),
      },
    ],
    open_invoice: null,
  });
});

test("of several customers the receipts are together, newest first", async () => {
  const { actor, invoice } = await payer();
  world.clock.advance(60_000);
  const { id: customerId } = world.at.customer(actor.userId);
  await world.deps.db.insert(stripeCustomers).values({ customerId, userId: actor.userId });
  const newer = world.at.invoice(world.at.subscribe(customerId));
  expect((await billing(actor)).receipts.map((one) => one.id)).toEqual([newer.id, invoice.id]);
});

test("names what waits to be paid", async () => {
  const { actor, subscription } = await payer();
  const open = world.at.failRenewal(subscription);
  expect((await billing(actor)).open_invoice).toMatchObject({
    amount_ore: 3900,
    url: expect.stringContaining(open.id),
  });
});

test("who never bought has nothing, and Stripe is not asked", async () => {
  world.stripe.faults.goDown();
  expect(await billing(await world.user())).toEqual({ ...AWAY, available: true });
  await expect(billing(null)).rejects.toMatchObject({ cause: { code: "UNAUTHENTICATED" } });
});

test("is not available while Stripe is away or refuses, and never an error", async () => {
  const { actor } = await payer();
  world.stripe.faults.fail("readBilling", "rejected");
  expect(await billing(actor)).toEqual(AWAY);
  world.stripe.faults.goDown();
  expect(await billing(actor)).toEqual(AWAY);
});

test("waits for Stripe no longer than 2 s", async () => {
  const { actor } = await payer();
  holdTimers();
  const held = world.stripe.faults.hold("readBilling");
  const answer = billing(actor);
  await held.reached;
  await vi.advanceTimersByTimeAsync(2_000);
  vi.useRealTimers();
  expect(await answer).toEqual(AWAY);
  held.release();
});
