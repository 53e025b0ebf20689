import { billingFlags, mails, users, withdrawals } from "@liveassist/db/schema";
import { and, desc, eq, like, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DAY, MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { processCustomer } from "../billing/process-events.ts";
import type { Actor } from "../deps.ts";
import { createCaller } from "../root.ts";
import { finishDueWithdrawals } from "./finish-due-withdrawals.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => world.stripe.faults.recover());
afterAll(() => world.close());

const STATEMENT = { name: "Anna Andersson", email: "anna@example.se" };
const calls = (actor: Actor | null) => world.as(actor).subscription;
const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });

/** Somebody who has just paid for a month; the rows know it. */
async function payer() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await calls(actor).refresh();
  return { actor, customerId, subscription };
}
const rowsOf = (actor: Actor) =>
  world.deps.db.select().from(withdrawals).where(eq(withdrawals.userId, actor.userId));
const mailsOf = (actor: Actor) =>
  world.deps.db
    .select()
    .from(mails)
    .where(and(eq(mails.userId, actor.userId), like(mails.key, "withdrawal%")))
    .orderBy(desc(mails.key));
const refunds = () => world.at.refunds.size;
const finish = async () => {
  world.clock.advance(MINUTE);
  await finishDueWithdrawals(world.deps);
};

test("a withdrawal cancels now, gives the money back, ends Premium at once, and is told twice by mail", async () => {
  const { actor, subscription } = await payer();
  const before = refunds();
  expect(await calls(actor).withdrawal()).toMatchObject({
    state: "possible",
    contract: { id: subscription.id, service: "LiveAssist Permission" },
    refund: null,
  });
  const answer = await calls(actor).withdraw(STATEMENT);
  expect(answer).toMatchObject({
    state: "received",
    received_at: new Date(world.clock.now()).toISOString(),
    refund: { amount_ore: 3900, currency: "sek", state: "done" },
    ...STATEMENT,
  });
  expect(subscription.status).toBe("canceled");
  expect(refunds()).toBe(before + 1);
  expect(await world.as(actor).user.me()).toMatchObject({ subscription_status: "free" });
  const [receipt, refund] = await mailsOf(actor);
  expect(receipt).toMatchObject({ to: STATEMENT.email });
  for (const told of [
    "21 November 2026 at 13:00:00 CET",
    STATEMENT.name,
    STATEMENT.email,
    "“I hereby give notice that I withdraw from my contract",
    subscription.id,
    "LiveAssist AB",
  ])
    expect(receipt?.text).toContain(told);
  expect(refund?.text).toMatch(/given back 39 SEK on/);
});

test("saying it again, also in two tabs at once, changes nothing and gives the same answer", async () => {
  const { actor } = await payer();
  const before = refunds();
  const answers = await Promise.all([1, 2, 3].map(() => calls(actor).withdraw(STATEMENT)));
  answers.push(await calls(actor).withdraw({ name: "Somebody else", email: "else@example.se" }));
  const { received_at } = answers[0] ?? {};
  for (const answer of answers)
    expect(answer).toMatchObject({ state: "received", received_at, ...STATEMENT });
  expect(await calls(actor).withdrawal()).toMatchObject({ refund: { state: "done" } });
  expect(await rowsOf(actor)).toHaveLength(1);
  expect(await mailsOf(actor)).toHaveLength(2);
  expect(refunds()).toBe(before + 1);
});

test("two servers that were told at once store one statement and refund once", async () => {
  const { actor } = await payer();
  const before = refunds();
  const other = createCaller({ ...world.deps, coalesce: (_key, work) => work() }, actor).subscription;
  await Promise.all([calls(actor).withdraw(STATEMENT), other.withdraw(STATEMENT)]);
  expect(await rowsOf(actor)).toHaveLength(1);
  expect(refunds()).toBe(before + 1);
});

test("two that wait for the same row are told the same: the second finds it received", async () => {
  const { actor } = await payer();
  const waiting = async () => {
    const [row] = await world.deps.db.execute<{
      n: number;
    }>(sql`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
    return row?.n;
  };
  // No sync stands before the row, too.
  world.stripe.faults.goDown();
  const answers = await world.deps.db.transaction(async (tx) => {
    await tx.select().from(users).where(eq(users.id, actor.userId)).for("update");
    const both = Promise.allSettled([1, 2].map(() => calls(actor).withdraw(STATEMENT)));
    await expect.poll(waiting, { timeout: 4_000 }).toBe(2);
    return { both };
  });
  const received = { status: "fulfilled", value: { state: "received" } };
  expect(await answers.both).toMatchObject([received, received]);
  world.stripe.faults.recover();
  await finish();
});

test("one statement covers all that may be withdrawn from, so that saying it again finds nothing more", async () => {
  const { actor, customerId, subscription: first } = await payer();
  await calls(actor).cancel({ when: "now" });
  const second = world.at.subscribe(customerId);
  world.at.invoice(second);
  await calls(actor).refresh();
  const before = refunds();
  const answer = await calls(actor).withdraw(STATEMENT);
  expect(answer).toMatchObject({ refund: { amount_ore: 7800, state: "done" } });
  expect(await calls(actor).withdraw(STATEMENT)).toEqual(answer);
  expect(refunds()).toBe(before + 2);
  const [receipt] = await mailsOf(actor);
  for (const { id } of [first, second]) expect(receipt?.text).toContain(id);
});

describe("while Stripe is away", () => {
  test("it is received and binds, the refund is pending, and a sweep finishes it when Stripe is back", async () => {
    const { actor, subscription } = await payer();
    const before = refunds();
    world.stripe.faults.goDown();
    expect(await calls(actor).withdraw(STATEMENT)).toMatchObject({
      state: "received",
      refund: { amount_ore: 3900, state: "pending" },
    });
    expect((await mailsOf(actor)).map((one) => one.key)).toEqual([expect.stringMatching(/^withdrawal:/)]);
    await finish();
    expect((await rowsOf(actor))[0]).toMatchObject({ completedAt: null, attempts: 2 });
    world.stripe.faults.recover();
    await finish();
    expect(subscription.status).toBe("canceled");
    expect(await calls(actor).withdrawal()).toMatchObject({ refund: { state: "done" } });
    expect(await mailsOf(actor)).toHaveLength(2);
    expect(refunds()).toBe(before + 1);
    expect((await world.row(actor.userId)).subscriptionStatus).toBe("free");
  });

  test("who bought and is not known yet is asked to come again, not told that there is nothing", async () => {
    const { actor } = await world.buyer();
    world.stripe.faults.goDown();
    await expect(calls(actor).withdraw(STATEMENT)).rejects.toThrow(refusal("STRIPE_UNAVAILABLE"));
  });

  test("an earlier withdrawal is no answer about what was bought since and is not known yet", async () => {
    const { actor, customerId } = await payer();
    await calls(actor).withdraw(STATEMENT);
    const second = world.at.subscribe(customerId);
    world.at.invoice(second);
    world.stripe.faults.goDown();
    expect(await calls(actor).withdraw(STATEMENT), "nothing bought that we could know of").toMatchObject({
      state: "received",
    });
    world.clock.advance(MINUTE);
    const items = { data: second.items.map(({ price, product }) => ({ price: { id: price, product } })) };
    await world.deliver("customer.subscription.created", second.id, { object: { items } });
    await processCustomer(world.deps, customerId);
    expect((await world.as(actor).user.me()).subscription_status).toBe("paid");
    await expect(calls(actor).withdraw(STATEMENT)).rejects.toThrow(refusal("STRIPE_UNAVAILABLE"));
    world.stripe.faults.recover();
    expect(await calls(actor).withdraw(STATEMENT)).toMatchObject({ contract: { id: second.id } });
    expect(await rowsOf(actor)).toHaveLength(2);
  });

  test("for long, somebody is told", async () => {
    const { actor } = await payer();
    world.stripe.faults.goDown();
    await calls(actor).withdraw(STATEMENT);
    expect(world.alarms()).not.toContain("withdrawal_stuck");
    for (let turn = 0; turn < 15; turn++) await finish();
    expect(world.alarms()).toContain("withdrawal_stuck");
    world.stripe.faults.recover();
    await finish();
  });
});

test.each(["cancelNow", "refundLastPayment"] as const)(
  "a crash right after %s costs nothing: the next attempt finds it done",
  async (method) => {
    const { actor } = await payer();
    const before = refunds();
    world.stripe.faults.fail(method, "unavailable", { afterwards: true });
    expect(await calls(actor).withdraw(STATEMENT)).toMatchObject({ refund: { state: "pending" } });
    await finish();
    expect(await calls(actor).withdrawal()).toMatchObject({ refund: { state: "done" } });
    expect(refunds()).toBe(before + 1);
    expect(await mailsOf(actor)).toHaveLength(2);
  },
);

test("a process killed right after the statement leaves it to the sweep, which takes it once", async () => {
  const { actor } = await payer();
  const before = refunds();
  const held = world.stripe.faults.hold("cancelNow");
  const killed = calls(actor).withdraw(STATEMENT);
  await held.reached;
  world.clock.advance(MINUTE);
  const elsewhere = { ...world.deps, coalesce: <T>(_key: string, work: () => Promise<T>) => work() };
  const taken = await Promise.all([1, 2].map(() => finishDueWithdrawals(elsewhere)));
  expect(taken.reduce((sum, one) => sum + one)).toBe(1);
  held.release();
  await killed;
  expect(refunds()).toBe(before + 1);
  expect(await mailsOf(actor)).toHaveLength(2);
});

test("a refund that Stripe refuses for good is flagged and alarmed once, and the consumer still sees it as owed", async () => {
  const { actor, subscription } = await payer();
  world.stripe.faults.fail("refundLastPayment", "rejected");
  expect(await calls(actor).withdraw(STATEMENT)).toMatchObject({
    state: "received",
    refund: { state: "pending" },
  });
  const flags = await world.deps.db
    .select()
    .from(billingFlags)
    .where(eq(billingFlags.objectId, subscription.id));
  expect(flags).toMatchObject([{ kind: "withdrawal", userId: actor.userId }]);
  expect(world.alarms()).toContain("withdrawal_refund_refused");
  expect(subscription.status).toBe("canceled");
  const asked = world.stripe.faults.count("refundLastPayment");
  await finish();
  expect(world.stripe.faults.count("refundLastPayment")).toBe(asked);
});

test("a refund that comes back empty although a payment was seen is flagged, not forgotten", async () => {
  const { actor, subscription } = await payer();
  for (const one of [...world.at.invoices.values()])
    if (one.subscriptionId === subscription.id) world.at.invoices.delete(one.id);
  expect(await calls(actor).withdraw(STATEMENT)).toMatchObject({ refund: { state: "pending" } });
  expect((await rowsOf(actor))[0]).toMatchObject({ refundId: null, lastError: expect.any(String) });
});

test("of a trial there is nothing to give back, and nothing is said of a refund", async () => {
  const { actor, customerId } = await world.buyer();
  world.at.subscribe(customerId, {}, 5);
  await calls(actor).refresh();
  expect(await calls(actor).withdraw(STATEMENT)).toMatchObject({
    state: "received",
    refund: { amount_ore: 0, state: "none" },
  });
  expect(await world.as(actor).user.me()).toMatchObject({ subscription_status: "free" });
  expect(await mailsOf(actor)).toHaveLength(1);
  await calls(actor).withdrawal();
  const again = await calls(actor).createCheckout();
  expect(again.trial).toBe(false);
});

test("what was cancelled earlier but paid is still given back within the 14 days", async () => {
  const { actor } = await payer();
  const before = refunds();
  await calls(actor).cancel({ when: "now" });
  expect(await calls(actor).withdrawal()).toMatchObject({ state: "possible" });
  expect(await calls(actor).withdraw(STATEMENT)).toMatchObject({ refund: { state: "done" } });
  expect(refunds()).toBe(before + 1);
});

test("after the 14 days it is over, whoever never bought has nothing, and nobody reaches another's contract", async () => {
  const { actor } = await payer();
  const stranger = await world.user();
  await expect(calls(stranger).withdraw(STATEMENT)).rejects.toThrow(refusal("NO_SUBSCRIPTION"));
  expect(await calls(stranger).withdrawal()).toMatchObject({ state: "none", contract: null });
  world.clock.advance(15 * DAY);
  await expect(calls(actor).withdraw(STATEMENT)).rejects.toThrow(refusal("WITHDRAWAL_OVER"));
  expect(await calls(actor).withdrawal()).toMatchObject({ state: "over" });
  expect(await rowsOf(actor)).toEqual([]);
  await expect(calls(null).withdraw(STATEMENT)).rejects.toThrow(refusal("UNAUTHENTICATED"));
  await expect(calls(null).withdrawal()).rejects.toThrow(refusal("UNAUTHENTICATED"));
});

test("who came in time is in time, however long Stripe takes to answer", async () => {
  const { actor } = await payer();
  const { contract } = await calls(actor).withdrawal();
  world.clock.advance(Date.parse(contract?.until ?? "") - world.clock.now() - 1);
  const held = world.stripe.faults.hold("listSubscriptions");
  const answer = calls(actor).withdraw(STATEMENT);
  await held.reached;
  world.clock.advance(MINUTE);
  held.release();
  expect(await answer).toMatchObject({ state: "received" });
});

test("who bought again may withdraw again, and the first withdrawal stays as it was", async () => {
  const { actor, customerId } = await payer();
  await calls(actor).withdraw(STATEMENT);
  world.clock.advance(DAY);
  const second = world.at.subscribe(customerId);
  world.at.invoice(second);
  await calls(actor).refresh();
  expect(await calls(actor).withdrawal()).toMatchObject({ state: "possible", contract: { id: second.id } });
  await calls(actor).withdraw({ ...STATEMENT, name: "Anna" });
  expect(await calls(actor).withdrawal()).toMatchObject({
    state: "received",
    name: "Anna",
    refund: { amount_ore: 3900, state: "done" },
  });
  expect(await rowsOf(actor)).toHaveLength(2);
});
