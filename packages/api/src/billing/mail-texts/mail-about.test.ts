import { mails } from "@liveassist/db/schema";
import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY, MINUTE, openWorld, type TestWorld } from "../../../test/support/test-deps.ts";
import { sweepDue } from "../sweep-due.ts";
import { syncCustomer } from "../sync-customer.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const sync = (customerId: string) => syncCustomer(world.deps, customerId);
const sweep = () => sweepDue(world.deps, new Map());

async function onTrial() {
  const { actor, customerId } = await world.buyer();
  const trial = world.at.subscribe(customerId, {}, 5);
  world.at.invoice(trial, { amountPaid: 0 });
  await sync(customerId);
  return { userId: actor.userId, customerId, trial };
}

async function payer() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await sync(customerId);
  return { userId: actor.userId, customerId, subscription };
}

const written = (userId: string) =>
  world.deps.db.select().from(mails).where(eq(mails.userId, userId)).orderBy(asc(mails.id));
const keys = async (userId: string) => (await written(userId)).map((mail) => mail.key);
const textOf = async (userId: string, key: string) => {
  const mail = (await written(userId)).find((one) => one.key.startsWith(key));
  return `${mail?.subject}\n${mail?.text}`;
};

describe("an order", () => {
  test("of a trial is confirmed once, with everything that was agreed", async () => {
    const { userId, customerId, trial } = await onTrial();
    await sync(customerId);
    expect(await keys(userId)).toEqual([`order:${trial.id}`]);
    const text = await textOf(userId, "order");
    for (const part of [
      "LiveAssist Permission",
      trial.id,
      "39 SEK a month including VAT",
      "Free trial until 26 November 2026",
      "First charge: 39 SEK on 26 November 2026",
      "http://localhost:3000/settings",
      "http://localhost:3000/withdraw",
      "within 14 days, to the end of 5 December 2026,",
      "LiveAssist AB",
      "559000-0000",
      "Storgatan 1, Uppsala",
    ])
      expect(text).toContain(part);
  });

  test("without a trial says what was charged and until when it is paid", async () => {
    const { userId } = await payer();
    const text = await textOf(userId, "order");
    expect(text).toContain("First charge: 39 SEK, made when you ordered. It is paid until 21 December 2026.");
    expect(text).not.toContain("trial");
  });

  test("that is not finished is confirmed when it is", async () => {
    const { actor, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId, { status: "incomplete" });
    await sync(customerId);
    expect(await keys(actor.userId)).toEqual([]);
    subscription.status = "active";
    await sync(customerId);
    expect(await keys(actor.userId)).toEqual([`order:${subscription.id}`]);
  });

  test("of something else is none of our business", async () => {
    const { actor, customerId } = await world.buyer();
    world.at.subscribe(customerId, { items: [{ price: "price_x", product: "prod_x", unitAmount: 1 }] });
    await sync(customerId);
    expect(await keys(actor.userId)).toEqual([]);
  });
});

describe("the end of a trial", () => {
  test("is reminded of three days ahead, by the clock alone, once", async () => {
    const { userId, trial } = await onTrial();
    world.clock.advance(2 * DAY - MINUTE);
    expect(await sweep()).toBe(0);
    world.clock.advance(MINUTE);
    expect(await sweep()).toBe(1);
    expect(await keys(userId)).toEqual([`order:${trial.id}`, `trial_ending:${trial.id}`]);
    const text = await textOf(userId, "trial_ending");
    expect(text).toContain("Your free trial ends on 26 November 2026");
    expect(text).toContain("39 SEK a month including VAT");
    expect(text).toContain("http://localhost:3000/settings");
    world.clock.advance(DAY);
    await sync(trial.customerId);
    expect(await sweep()).toBe(0);
    expect(await keys(userId)).toHaveLength(2);
    expect((await world.row(userId)).checkAt).toEqual(new Date(trial.trialEnd ?? 0));
  });

  test("is not reminded of while Stripe cannot say whether it was cancelled, but as soon as it can", async () => {
    const { userId } = await onTrial();
    world.clock.advance(2 * DAY);
    world.stripe.faults.goDown();
    await sweep();
    expect(await keys(userId)).toHaveLength(1);
    world.stripe.faults.recover();
    world.clock.advance(MINUTE);
    await sweep();
    expect(await keys(userId)).toHaveLength(2);
  });

  test.each(["cancelAtPeriodEnd", "cancelAt"] as const)("that was cancelled by %s is not", async (how) => {
    const { userId, customerId, trial } = await onTrial();
    Object.assign(trial, { [how]: how === "cancelAt" ? trial.trialEnd : true });
    world.clock.advance(3 * DAY);
    await sync(customerId);
    expect(await keys(userId)).toHaveLength(1);
    Object.assign(trial, { cancelAt: null, cancelAtPeriodEnd: false });
    await sync(customerId);
    expect(await keys(userId), "but is after all when the cancel is undone").toHaveLength(2);
  });

  test("that will cost nothing is not", async () => {
    const { actor, customerId } = await world.buyer();
    const items = [{ price: "price_ours", product: "prod_ours", unitAmount: 0 }];
    world.at.subscribe(customerId, { items }, 5);
    world.clock.advance(3 * DAY);
    await sync(customerId);
    expect(await keys(actor.userId)).toHaveLength(1);
  });
});

describe("a payment that failed", () => {
  test("is told once for each open invoice, with the date until which access stays", async () => {
    const { userId, customerId, subscription } = await payer();
    world.clock.advance(30 * DAY);
    const invoice = world.at.failRenewal(subscription);
    for (let turn = 0; turn < 3; turn++) await sync(customerId);
    const key = `payment_failed:${subscription.id}`;
    expect((await keys(userId)).filter((one) => one.startsWith(key))).toHaveLength(1);
    const text = await textOf(userId, key);
    expect(text).toContain("Your access stays until 28 December 2026");
    expect(text).toContain("http://localhost:3000/settings");
    Object.assign(invoice, { status: "paid", amountPaid: 3900 });
    subscription.status = "active";
    await sync(customerId);
    world.clock.advance(30 * DAY);
    world.at.failRenewal(subscription);
    await sync(customerId);
    expect((await keys(userId)).filter((one) => one.startsWith(key))).toHaveLength(2);
  });

  test("right after a trial says that access waits for the payment", async () => {
    const { userId, customerId, trial } = await onTrial();
    world.clock.advance(5 * DAY);
    world.at.failRenewal(trial);
    await sync(customerId);
    expect(await textOf(userId, "payment_failed")).toContain("Until it is paid, your account is on Free");
  });
});

describe("an end", () => {
  test("because nothing could be collected is told once", async () => {
    const { userId, customerId, subscription } = await payer();
    world.clock.advance(30 * DAY);
    world.at.failRenewal(subscription);
    await sync(customerId);
    world.at.end(subscription);
    subscription.endReason = "payment_failed";
    for (let turn = 0; turn < 2; turn++) await sync(customerId);
    expect((await keys(userId)).filter((key) => key.startsWith(`ended:${subscription.id}`))).toHaveLength(1);
    expect(await textOf(userId, "ended")).toContain("could not collect the payment");
  });

  test("is told again when the debt was paid and a later one was not", async () => {
    const { userId, customerId, subscription } = await payer();
    for (let debt = 1; debt <= 2; debt++) {
      world.clock.advance(30 * DAY);
      world.at.failRenewal(subscription);
      await sync(customerId);
      for (const status of ["unpaid", "active"]) {
        subscription.status = status;
        await sync(customerId);
      }
      for (const invoice of world.at.invoices.values())
        if (invoice.status === "open") Object.assign(invoice, { status: "paid" });
      expect((await keys(userId)).filter((key) => key.startsWith("ended:"))).toHaveLength(debt);
    }
  });

  test("that was asked for is not explained as a debt, also while one was open", async () => {
    const { userId, customerId, subscription } = await payer();
    world.at.failRenewal(subscription);
    await sync(customerId);
    world.at.end(subscription);
    subscription.endReason = "cancellation_requested";
    await sync(customerId);
    expect((await keys(userId)).filter((key) => key.startsWith("ended:"))).toEqual([]);
  });
});
