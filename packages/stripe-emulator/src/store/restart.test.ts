import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, HOUR, makePrice, openCheckout, openShop, START } from "../../test/shop.ts";
import { startEmulator } from "../index.ts";
import { openJournal } from "./journal.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "emulator-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("state that survives", () => {
  it("is all there after a restart, with the clock where it was", async () => {
    const dataFile = join(folder, "a", "state.jsonl");
    const first = await openShop({ dataFile });
    const { subscription, session } = await buy(first, { subscription_data: { trial_period_days: 5 } });
    const open = await openCheckout(first);
    await first.emulator.clock.advance(HOUR);
    const now = first.emulator.clock.now();
    const events = first.emulator.events();
    const keyed = await first.stripe.customers.create({ name: "K" }, { idempotencyKey: "kept" });
    await first.close();

    const second = await openShop({ dataFile });
    expect(second.emulator.clock.now()).toBe(now);
    expect(await second.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "trialing",
      id: subscription.id,
    });
    expect((await second.stripe.checkout.sessions.retrieve(session.id)).status).toBe("complete");
    const again = await second.stripe.checkout.sessions.retrieve(open.session.id);
    expect(again.url).toBe(`${second.emulator.url}/c/pay/${open.session.id}`);
    expect(second.emulator.events().slice(0, events.length)).toEqual(events);
    expect((await second.stripe.customers.create({ name: "K" }, { idempotencyKey: "kept" })).id).toBe(
      keyed.id,
    );
    expect((await second.stripe.customers.create({})).id).not.toBe(keyed.id);
    await second.emulator.clock.advance(5 * DAY + 2 * HOUR);
    expect((await second.stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    await second.close();
  });

  it("is written by one: who lost the file to another says so instead of losing what comes", () => {
    const path = join(folder, "shared.jsonl");
    const put = ({ sink }: ReturnType<typeof openJournal>, id: string) =>
      sink.append([["meta", id, { id, value: 1 }]], () => []);
    const first = openJournal(path);
    put(first, "a");
    const second = openJournal(path);
    put(second, "b");
    expect(() => put(first, "c")).toThrow("opened by another emulator");
    for (const { sink } of [first, second]) sink.close();
    const third = openJournal(path);
    third.sink.close();
    expect(third.changes.map(([, id]) => id)).toEqual(["a", "b"]);
  });

  it("keeps test clocks and what lives by them, open invoices to pay, and nothing that chaos held", async () => {
    const dataFile = join(folder, "clocks.jsonl");
    const first = await openShop({ dataFile });
    const behind = await buy(first, {
      subscription_data: { trial_period_days: 5 },
      card: "4000000000000341",
    });
    await first.emulator.clock.advance(5 * DAY + HOUR);
    const frozen_time = START / 1000;
    const clock = await first.stripe.testHelpers.testClocks.create({ frozen_time });
    const customer = await first.stripe.customers.create({
      test_clock: clock.id,
      payment_method: "pm_card_visa",
    });
    const price = await makePrice(first);
    const { id } = await first.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 5,
    });
    first.emulator.chaos.set({ rules: [{ fault: "hold" }] });
    await first.stripe.products.create({ name: "Held" });
    await first.close();

    const second = await openShop({ dataFile });
    await second.emulator.settled();
    expect(second.heard()).toContain("product.created");
    const to = frozen_time + (6 * DAY) / 1000;
    await second.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to });
    await second.emulator.settled();
    expect((await second.stripe.testHelpers.testClocks.retrieve(clock.id)).status).toBe("ready");
    const expand = ["latest_invoice"];
    expect((await second.stripe.subscriptions.retrieve(id)).status).toBe("past_due"); // no default card
    const owing = await second.stripe.subscriptions.retrieve(behind.subscription.id, { expand });
    const invoice = owing.latest_invoice as Stripe.Invoice;
    expect(invoice.hosted_invoice_url).toBe(`${second.emulator.url}/invoices/${invoice.id}`);
    await second.close();
  });

  it("still delivers what was on its way", async () => {
    const dataFile = join(folder, "pending.jsonl");
    const first = await openShop({ dataFile });
    first.answer(503);
    const { id } = await makePrice(first);
    await first.emulator.settled();
    await first.close();
    const second = await openShop({ dataFile });
    await second.emulator.clock.advance(HOUR);
    await second.emulator.settled();
    expect(
      second.received.map(({ data }) => data.object as { id?: string }).some((object) => object.id === id),
    ).toBe(true);
    await second.close();
  });

  it("catches up on what became due while it was down, each thing at its own moment", async () => {
    const dataFile = join(folder, "down.jsonl");
    const first = await openShop({ dataFile });
    const { subscription } = await buy(first, { subscription_data: { trial_period_days: 5 } });
    await first.close();
    const second = await openShop({ dataFile, clock: { now: () => START + 7 * DAY } });
    await second.emulator.settled();
    const at = (type: string) => second.emulator.events().findLast((event) => event.type === type)?.created;
    const end = Number(subscription.trial_end);
    expect(at("customer.subscription.trial_will_end")).toBe(end - (3 * DAY) / 1000);
    expect(at("customer.subscription.updated")).toBe(end);
    // Its draft waits an hour from the moment the endpoint took invoice.created, which was only now.
    expect(at("invoice.finalized")).toBe(subscription.created);
    await second.emulator.clock.advance(HOUR);
    expect(at("invoice.paid")).toBe((START + 7 * DAY + HOUR) / 1000);
    await second.close();
  });

  it("ignores a last line that a kill cut short", async () => {
    const dataFile = join(folder, "torn.jsonl");
    const first = await openShop({ dataFile });
    const { id } = await first.stripe.customers.create({ name: "whole" });
    // Read before closing: what an answered request changed is already on disk.
    expect(readFileSync(dataFile, "utf8")).toContain(id);
    await first.close();
    appendFileSync(dataFile, '[["customers","cus_torn",{"id":"cus_to');
    const second = await openShop({ dataFile });
    expect((await second.stripe.customers.list()).data.map(({ name }) => name)).toEqual(["whole"]);
    await second.close();
  });

  it("refuses a file that is damaged elsewhere, and a taken port before it touches the file", async () => {
    const dataFile = join(folder, "damaged.jsonl");
    writeFileSync(dataFile, "not ours\n[]\n");
    await expect(openShop({ dataFile })).rejects.toThrow("damaged at line 1");
    const first = await openShop();
    await expect(startEmulator({ port: first.emulator.port, dataFile })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    expect(readFileSync(dataFile, "utf8")).toBe("not ours\n[]\n");
    await first.close();
  });
});
