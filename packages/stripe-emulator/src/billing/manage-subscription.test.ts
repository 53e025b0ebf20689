import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
let customer: Stripe.Customer;
let plan: Stripe.Price;
let extra: Stripe.Price;
beforeAll(async () => {
  shop = await openShop({ settings: { invoicePaymentDelay: [1, 1] } });
  plan = await priceOf(3000);
  extra = await priceOf(1000);
});
beforeEach(async () => {
  customer = await shop.stripe.customers.create({
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
});
afterEach(async () => {
  for await (const { id } of shop.stripe.subscriptions.list({ limit: 100 }))
    await shop.stripe.subscriptions.cancel(id);
});
afterAll(() => shop.close());

function priceOf(unit_amount: number, interval: "month" | "year" = "month") {
  return shop.stripe.prices.create({
    currency: "sek",
    unit_amount,
    recurring: { interval },
    product_data: { name: `Plan ${unit_amount}` },
  });
}
const subscribe = (params: Partial<Stripe.SubscriptionCreateParams> = {}) =>
  shop.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.id }], ...params });
const now = () => Math.floor(shop.emulator.clock.now() / 1000);
const itemsOf = (row: Stripe.Subscription) =>
  row.items.data.map(({ price, quantity }) => [price.unit_amount, quantity]);
const amounts = ({ lines }: Stripe.Invoice) => lines.data.map(({ amount }) => amount);
const latest = async (id: string) =>
  (await shop.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] }))
    .latest_invoice as Stripe.Invoice;

async function since(work: () => Promise<unknown>): Promise<string[]> {
  await shop.emulator.clock.advance(1000); // the last `invoice_payment.paid`
  await shop.emulator.settled();
  shop.heard();
  await work();
  await shop.emulator.settled();
  return shop.heard();
}
const pass = (ms: number) => since(() => shop.emulator.clock.advance(ms));

/** A subscription with exactly half of its period left. */
async function halfway(params: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const subscription = await subscribe(params);
  const item = subscription.items.data[0] as Stripe.SubscriptionItem;
  const middle = (item.current_period_start + item.current_period_end) / 2;
  await shop.emulator.clock.set(middle * 1000 - 1000); // `since` takes the last second
  await shop.emulator.settled();
  return { subscription, item, id: subscription.id };
}

describe("the items of a subscription", () => {
  it("are added, changed and removed in one update, each with its own proration", async () => {
    const { id, item } = await halfway({ items: [{ price: plan.id, metadata: { seat: "1" } }] });
    expect(item.metadata).toEqual({ seat: "1" });
    const heard = await since(() =>
      shop.stripe.subscriptions.update(id, { items: [{ id: item.id, quantity: 2 }, { price: extra.id }] }),
    );
    expect(heard).toEqual(["customer.subscription.updated", ...Array(3).fill("invoiceitem.created")]);
    let row = await shop.stripe.subscriptions.retrieve(id);
    expect(itemsOf(row)).toEqual([
      [3000, 2],
      [1000, 1],
    ]);
    expect(amounts(await shop.stripe.invoices.createPreview({ subscription: id }))).toEqual([
      -1500, 3000, 500, 6000, 1000,
    ]);
    row = await shop.stripe.subscriptions.update(id, {
      items: [{ id: item.id, deleted: true }],
      proration_behavior: "always_invoice",
    });
    expect(itemsOf(row)).toEqual([[1000, 1]]);
    expect(amounts(await latest(id))).toEqual([-1500, 3000, 500, -3000]);
  });

  it("have calls of their own", async () => {
    const { id } = await halfway();
    const { subscriptionItems } = shop.stripe;
    const added = await subscriptionItems.create({ subscription: id, price: extra.id, quantity: 3 });
    expect(added).toMatchObject({ object: "subscription_item", quantity: 3, subscription: id });
    const changed = await subscriptionItems.update(added.id, {
      quantity: 1,
      metadata: { a: "b" },
      proration_behavior: "none",
    });
    expect(changed).toMatchObject({ id: added.id, quantity: 1, metadata: { a: "b" } });
    expect((await subscriptionItems.retrieve(added.id)).price.id).toBe(extra.id);
    expect((await subscriptionItems.list({ subscription: id })).data).toHaveLength(2);
    expect(await subscriptionItems.del(added.id)).toEqual(
      expect.objectContaining({ id: added.id, object: "subscription_item", deleted: true }),
    );
    expect((await refusal(subscriptionItems.retrieve(added.id))).statusCode).toBe(404);
  });

  it("must stay at least one, of one interval and currency, and are not changed in part", async () => {
    const { id, item } = await halfway();
    const yearly = await priceOf(20_000, "year");
    const once = await shop.stripe.prices.create({
      currency: "sek",
      unit_amount: 1,
      product: String(plan.product),
    });
    for (const [items, words] of [
      [[{ id: item.id, deleted: true }], "at least one active plan"],
      [[{ id: item.id, quantity: 5 }, { price: yearly.id }], "same `recurring.interval`"],
      [[{ id: item.id, quantity: 5 }, { price: once.id }], "type=one_time"],
      [
        [
          { id: item.id, quantity: 5 },
          { id: "si_none", quantity: 1 },
        ],
        "No such subscription_item",
      ],
    ] as const)
      expect((await refusal(shop.stripe.subscriptions.update(id, { items: [...items] }))).message).toContain(
        words,
      );
    expect(itemsOf(await shop.stripe.subscriptions.retrieve(id))).toEqual([[3000, 1]]);
    expect((await shop.stripe.invoiceItems.list({ customer: customer.id })).data).toEqual([]);
  });

  it("of another price count once, unless a quantity is named; prorated from the date that is named", async () => {
    const { id, item } = await halfway({ items: [{ price: plan.id, quantity: 4 }] });
    const quarter = item.current_period_start + (item.current_period_end - item.current_period_start) / 4;
    const preview = await shop.stripe.invoices.createPreview({
      subscription: id,
      subscription_details: { items: [{ id: item.id, price: extra.id }], proration_date: quarter },
    });
    expect(amounts(preview)).toEqual([-9000, 750, 1000]);
  });
});

describe("a preview", () => {
  const createPreview = (params: Stripe.InvoiceCreatePreviewParams) =>
    shop.stripe.invoices.createPreview(params);

  it("shows the first invoice of a subscription that is not made", async () => {
    const trial_end = now() + 86_400;
    const items = [{ price: plan.id, quantity: 2 }, { price: extra.id }];
    const heard = await since(async () => {
      const paid = await createPreview({ customer: customer.id, subscription_details: { items } });
      expect(paid).toMatchObject({
        total: 7000,
        amount_due: 7000,
        status: "draft",
        billing_reason: "upcoming",
      });
      expect(paid.id).toMatch(/^upcoming_in_/);
      const trial = await createPreview({
        customer: customer.id,
        subscription_details: { items, trial_end },
      });
      expect(trial).toMatchObject({ total: 0, amount_due: 0 });
    });
    expect(heard).toEqual([]);
    expect((await shop.stripe.subscriptions.list({ customer: customer.id, status: "all" })).data).toEqual([]);
    expect((await shop.stripe.invoices.list({ customer: customer.id })).data).toEqual([]);
  });

  it("counts what is added, the customer's credit and a discount, and redeems nothing", async () => {
    const { id } = await halfway();
    const coupon = await shop.stripe.coupons.create({ percent_off: 50, duration: "once" });
    await shop.stripe.customers.update(customer.id, { balance: -200 });
    const seen = await createPreview({
      subscription: id,
      invoice_items: [{ amount: 100, currency: "sek" }],
      discounts: [{ coupon: coupon.id }],
    });
    expect(seen).toMatchObject({ subtotal: 3100, total: 1550, amount_due: 1350, starting_balance: -200 });
    expect((await shop.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0);
    expect((await createPreview({ customer: customer.id })).total).toBe(3000);
  });

  it("of a cancellation shows what is given back, and none where nothing comes", async () => {
    const { id } = await halfway();
    const back = await createPreview({ subscription: id, subscription_details: { cancel_now: true } });
    expect(back).toMatchObject({ total: -1500, amount_due: 0 });
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe("active");
    const ended = createPreview({ subscription: id, subscription_details: { cancel_at_period_end: true } });
    expect((await refusal(ended)).code).toBe("invoice_upcoming_none");
    const nobody = createPreview({ customer: (await shop.stripe.customers.create()).id });
    expect((await refusal(nobody)).code).toBe("invoice_upcoming_none");
  });
});

describe("an update that must be paid", () => {
  const bad = async () => {
    const method = await shop.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: customer.id,
    });
    return method.id;
  };

  it("leaves the subscription behind when that fails, or changes nothing if told so, or waits to be confirmed", async () => {
    const { id, item } = await halfway();
    const paid = await latest(id);
    await shop.stripe.subscriptions.update(id, { default_payment_method: await bad() });
    const dearer = (payment_behavior: "error_if_incomplete" | "default_incomplete" | "allow_incomplete") =>
      shop.stripe.subscriptions.update(id, {
        items: [{ id: item.id, quantity: 9 }],
        proration_behavior: "always_invoice",
        payment_behavior,
      });
    const heard = await since(async () => {
      expect(await refusal(dearer("error_if_incomplete"))).toMatchObject({
        statusCode: 402,
        code: "card_declined",
      });
    });
    expect(heard).toEqual([]);
    expect((await latest(id)).id).toBe(paid.id);
    expect(itemsOf(await shop.stripe.subscriptions.retrieve(id))).toEqual([[3000, 1]]);
    expect((await dearer("default_incomplete")).status).toBe("past_due");
    expect(await latest(id)).toMatchObject({ status: "open", attempt_count: 0 });
    await shop.stripe.invoices.pay((await latest(id)).id, { payment_method: "pm_card_visa" });
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe("active");
    await shop.stripe.subscriptions.update(id, {
      items: [{ id: item.id, quantity: 20 }],
      proration_behavior: "always_invoice",
    });
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe("past_due");
    const pending = shop.stripe.subscriptions.update(id, { payment_behavior: "pending_if_incomplete" });
    expect((await refusal(pending)).message).toContain("does not cover");
  });
});

describe("an immediate cancellation", () => {
  it("gives the rest back as credit when it is told to, settled at once or later", async () => {
    const { id } = await halfway();
    const heard = await since(() =>
      shop.stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true }),
    );
    expect(heard).toEqual([
      "invoiceitem.created",
      "customer.subscription.deleted",
      "invoice.created",
      "customer.updated",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
    ]);
    expect(await latest(id)).toMatchObject({ total: -1500, amount_due: 0, status: "paid" });
    expect(await shop.stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -1500 });

    const other = await halfway();
    expect(await since(() => shop.stripe.subscriptions.cancel(other.id, { prorate: true }))).toEqual([
      "invoiceitem.created",
      "customer.subscription.deleted",
    ]);
    const { data } = await shop.stripe.invoiceItems.list({ customer: customer.id, pending: true });
    expect(data.map(({ amount }) => amount)).toEqual([-1500]);
    const last = await shop.stripe.invoices.create({
      customer: customer.id,
      pending_invoice_items_behavior: "include",
    });
    expect(amounts(last)).toEqual([-1500]);
  });

  it("drops prorations that wait otherwise, but no item made by hand", async () => {
    const { id, item } = await halfway();
    await shop.stripe.subscriptions.update(id, { items: [{ id: item.id, quantity: 2 }] });
    await shop.stripe.invoiceItems.create({
      customer: customer.id,
      subscription: id,
      amount: 70,
      currency: "sek",
    });
    expect(await since(() => shop.stripe.subscriptions.cancel(id))).toEqual([
      "customer.subscription.deleted",
    ]);
    const { data } = await shop.stripe.invoiceItems.list({ customer: customer.id });
    expect(data.map(({ amount }) => amount)).toEqual([70]);
  });

  it("at the end of the period leaves nothing unpaid that waits", async () => {
    const { id, item } = await halfway();
    await shop.stripe.subscriptions.update(id, {
      items: [{ id: item.id, quantity: 2 }],
      cancel_at_period_end: true,
    });
    const left = item.current_period_end * 1000 - shop.emulator.clock.now();
    expect(await pass(left)).toEqual(["customer.subscription.deleted", "invoice.created"]);
    await shop.emulator.clock.advance(2 * HOUR);
    const [invoice] = (await shop.stripe.invoices.list({ subscription: id })).data;
    expect(invoice).toMatchObject({ status: "paid", total: 1500 });
  });
});

describe("a subscription whose collection is paused", () => {
  it("stays active while its invoices stay drafts, are void or given up, and goes on at the date that was set", async () => {
    for (const [behavior, status, events] of [
      ["keep_as_draft", "draft", []],
      ["void", "void", ["invoice.finalized", "invoice.voided"]],
      ["mark_uncollectible", "uncollectible", ["invoice.finalized", "invoice.marked_uncollectible"]],
    ] as const) {
      const { id, current_period_end: end } = await subscribe().then((row) => ({
        id: row.id,
        current_period_end: Number(row.items.data[0]?.current_period_end),
      }));
      const paused = await since(() =>
        shop.stripe.subscriptions.update(id, { pause_collection: { behavior, resumes_at: end + 86_400 } }),
      );
      expect(paused).toEqual(["customer.subscription.updated"]);
      expect(await pass(end * 1000 - shop.emulator.clock.now())).toEqual([
        "customer.subscription.updated",
        "invoice.created",
        ...events,
      ]);
      expect(await latest(id)).toMatchObject({ status, auto_advance: false });
      expect(await pass(DAY)).toEqual(["customer.subscription.updated"]);
      const row = await shop.stripe.subscriptions.retrieve(id);
      expect(row).toMatchObject({ status: "active", pause_collection: null });
      expect(await latest(id)).toMatchObject({ status });
      await shop.stripe.subscriptions.cancel(id);
    }
  });
});

describe("a new beginning on a running subscription", () => {
  it("is a trial that gives back the time paid for and is announced again", async () => {
    const { id } = await halfway();
    const trial_end = now() + 1 + 10 * 86_400;
    const heard = await since(() => shop.stripe.subscriptions.update(id, { trial_end }));
    expect(heard.slice(0, 4)).toEqual([
      "customer.subscription.updated",
      "invoiceitem.created",
      "invoice.created",
      "customer.subscription.updated",
    ]);
    const row = await shop.stripe.subscriptions.retrieve(id);
    expect(row).toMatchObject({ status: "trialing", trial_end, billing_cycle_anchor: trial_end });
    expect(row.items.data[0]).toMatchObject({ current_period_end: trial_end });
    expect(await latest(id)).toMatchObject({ total: -1500, status: "paid" });
    expect(await pass(7 * DAY - 1000)).toEqual(["customer.subscription.trial_will_end"]);
    expect(await pass(3 * DAY - 1000)).toEqual(["customer.subscription.updated", "invoice.created"]);
    await shop.emulator.clock.advance(HOUR);
    expect(await latest(id)).toMatchObject({ status: "paid", total: 3000, amount_due: 1500 });
    const past = shop.stripe.subscriptions.update(id, { trial_end: now() - 5 });
    expect((await refusal(past)).message).toContain("in the future");
  });

  it("is a billing cycle anchored now: paid anew, less what was not used", async () => {
    const { id } = await halfway();
    const row = await shop.stripe.subscriptions.update(id, { billing_cycle_anchor: { type: "now" } });
    expect(row.billing_cycle_anchor).toBe(now());
    expect(row.items.data[0]?.current_period_start).toBe(now());
    expect(await latest(id)).toMatchObject({
      total: 1500,
      status: "paid",
      billing_reason: "subscription_update",
    });
    const free = await shop.stripe.subscriptions.update(id, {
      billing_cycle_anchor: { type: "unchanged" },
    });
    expect(free.billing_cycle_anchor).toBe(row.billing_cycle_anchor);
    const word = shop.stripe.subscriptions.update(id, {
      billing_cycle_anchor: "now",
    } as unknown as Stripe.SubscriptionUpdateParams);
    expect(await refusal(word)).toMatchObject({ code: "parameter_unknown", param: "billing_cycle_anchor" });
  });
});

describe("a subscription made with terms of its own", () => {
  it("is anchored in the future: its first period is part of a whole one, or free", async () => {
    const anchor = now() + 10 * 86_400;
    const { data } = await shop.stripe.invoices.list({ limit: 1 });
    const row = await subscribe({ billing_cycle_anchor: anchor });
    expect(row.items.data[0]).toMatchObject({ current_period_end: anchor });
    const first = await latest(row.id);
    const month =
      anchor -
      Math.floor(new Date(anchor * 1000).setUTCMonth(new Date(anchor * 1000).getUTCMonth() - 1) / 1000);
    expect(first).toMatchObject({ status: "paid", total: Math.round((3000 * 10 * 86_400) / month) });
    expect(first.id).not.toBe(data[0]?.id);
    await shop.emulator.clock.set((anchor + 1) * 1000);
    expect(await latest(row.id)).toMatchObject({ total: 3000, status: "draft" });
    await shop.stripe.subscriptions.cancel(row.id);
    const free = await subscribe({ billing_cycle_anchor: now() + 86_400, proration_behavior: "none" });
    expect(await latest(free.id)).toMatchObject({ total: 0, status: "paid" });
    expect(free.status).toBe("active");
    const late = subscribe({ billing_cycle_anchor: now() + 40 * 86_400 });
    expect((await refusal(late)).message).toContain("next natural billing date");
    await shop.stripe.subscriptions.cancel(free.id);
  });

  it("takes prices for one time along on its first invoice", async () => {
    const setup = await shop.stripe.prices.create({
      currency: "sek",
      unit_amount: 500,
      product_data: { name: "Setup" },
    });
    const row = await subscribe({
      add_invoice_items: [{ price: setup.id, quantity: 2 }],
      cancel_at_period_end: true,
      metadata: { a: "1" },
    });
    expect(amounts(await latest(row.id))).toEqual([1000, 3000]);
    expect(row).toMatchObject({ status: "active", cancel_at_period_end: true });
    const later = await shop.stripe.subscriptions.update(row.id, {
      add_invoice_items: [{ price: setup.id }],
    });
    const { data } = await shop.stripe.invoiceItems.list({ customer: customer.id, pending: true });
    expect(data).toMatchObject([
      { amount: 500, parent: { subscription_details: { subscription: later.id } } },
    ]);
  });

  it("is sent instead of charged, behind when its invoice is overdue, and active again when that is paid", async () => {
    let row!: Stripe.Subscription;
    const heard = await since(async () => {
      row = await subscribe({ collection_method: "send_invoice", days_until_due: 5 });
    });
    expect(heard).toEqual(["customer.subscription.created", "invoice.created"]);
    expect(row).toMatchObject({ status: "active", collection_method: "send_invoice", days_until_due: 5 });
    expect(await latest(row.id)).toMatchObject({ status: "draft", due_date: now() + 5 * 86_400 });
    expect(await pass(HOUR)).toEqual(["invoice.finalized", "invoice.sent"]);
    expect(await pass(5 * DAY)).toEqual(["invoice.overdue", "customer.subscription.updated"]);
    expect((await shop.stripe.subscriptions.retrieve(row.id)).status).toBe("past_due");
    await shop.stripe.invoices.pay((await latest(row.id)).id, { paid_out_of_band: true });
    expect((await shop.stripe.subscriptions.retrieve(row.id)).status).toBe("active");
    const none = await refusal(subscribe({ collection_method: "send_invoice" }));
    expect(none.param).toBe("days_until_due");
  });

  it("is paid from the customer's credit, needs a card only when something is due, and is refused in part by nothing", async () => {
    const poor = await shop.stripe.customers.create({ balance: -5000 });
    const row = await subscribe({ customer: poor.id });
    expect(row.status).toBe("active");
    expect(await latest(row.id)).toMatchObject({ status: "paid", total: 3000, amount_due: 0 });
    await shop.stripe.subscriptions.cancel(row.id);
    const refused = await refusal(subscribe({ customer: (await shop.stripe.customers.create()).id }));
    expect(refused).toMatchObject({ statusCode: 400, code: "resource_missing" });
    const foreign = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer: poor.id });
    const other = await refusal(subscribe({ default_payment_method: foreign.id }));
    expect(other).toMatchObject({ code: "resource_missing", param: "default_payment_method" });
    expect((await shop.stripe.subscriptions.list({ customer: customer.id, status: "all" })).data).toEqual([]);
  });

  it("is found by collection method, period and price", async () => {
    const row = await subscribe();
    const found = (params: Stripe.SubscriptionListParams) =>
      shop.stripe.subscriptions
        .list({ customer: customer.id, ...params })
        .then(({ data }) => data.map(({ id }) => id));
    expect(await found({ collection_method: "charge_automatically", price: plan.id })).toEqual([row.id]);
    expect(await found({ collection_method: "send_invoice" })).toEqual([]);
    expect(await found({ current_period_start: { gt: now() } })).toEqual([]);
    expect(await found({ current_period_end: { gt: now() } })).toEqual([row.id]);
  });
});
