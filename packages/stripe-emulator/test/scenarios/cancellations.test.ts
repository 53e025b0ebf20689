import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../shop.ts";
import { DAY, expectEvents, FROZEN, type Row, Scenario } from "./scenario.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ settings: { invoicePaymentDelay: [1, 1] } });
});
afterAll(() => shop.close());

const END = FROZEN + 31 * DAY;
const NOT_PLANNED = { cancel_at: null, cancel_at_period_end: false, canceled_at: null };

/** Somebody who has paid for a month, a day ago. */
async function subscribed(): Promise<{ ada: Scenario; id: string }> {
  const ada = await Scenario.begin(shop);
  const { id } = await ada.subscribes();
  await ada.passes(DAY);
  return { ada, id };
}

describe("J. an end that is planned", () => {
  it("by the API: both fields, taken back without a trace, then carried out without a renewal", async () => {
    const { ada, id } = await subscribed();
    const plan = () => ada.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    const planned = {
      status: "active",
      cancel_at_period_end: true,
      cancel_at: END,
      canceled_at: FROZEN + DAY,
      cancellation_details: { reason: "cancellation_requested" },
    };
    expectEvents(await ada.calls(plan), [["customer.subscription.updated", planned, NOT_PLANNED]]);
    expectEvents(
      await ada.calls(() => ada.stripe.subscriptions.update(id, { cancel_at_period_end: false })),
      [["customer.subscription.updated", NOT_PLANNED, { cancel_at: END, cancel_at_period_end: true }]],
    );
    await plan();
    expectEvents(await ada.until(END), [
      ["customer.subscription.deleted", { status: "canceled", ended_at: END, cancel_at_period_end: true }],
    ]);
    expect((await ada.stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
    expect(await ada.passes(40 * DAY)).toEqual([]);
  });

  it("in the portal: the day only, which is undone by clearing the day", async () => {
    const { ada, id } = await subscribed();
    const { url } = await ada.stripe.billingPortal.sessions.create({ customer: ada.customer });
    const press = (button: string) => fetch(`${url}/subscriptions/${id}/${button}`, { method: "POST" });
    const planned: Row[] = [
      [
        "customer.subscription.updated",
        { cancel_at: END, cancel_at_period_end: false, canceled_at: FROZEN + DAY },
      ],
    ];
    expectEvents(await ada.person(() => press("cancel")), planned);
    expectEvents(await ada.person(() => press("renew")), [["customer.subscription.updated", NOT_PLANNED]]);
    expectEvents(await ada.person(() => press("cancel")), planned);
    expectEvents(await ada.calls(() => ada.stripe.subscriptions.update(id, { cancel_at: "" })), [
      ["customer.subscription.updated", NOT_PLANNED, { cancel_at: END }],
    ]);
    await press("cancel");
    expectEvents(await ada.until(END), [
      ["customer.subscription.deleted", { status: "canceled", ended_at: END }],
    ]);
  });

  it("for a day before the end of the period", async () => {
    const { ada, id } = await subscribed();
    await ada.stripe.subscriptions.update(id, { cancel_at: FROZEN + 10 * DAY });
    expectEvents(await ada.until(END), [["customer.subscription.deleted", { ended_at: FROZEN + 10 * DAY }]]);
  });
});

describe("K. an end at once", () => {
  it("is one event, and final", async () => {
    const { ada, id } = await subscribed();
    expectEvents(await ada.calls(() => ada.stripe.subscriptions.cancel(id)), [
      [
        "customer.subscription.deleted",
        {
          status: "canceled",
          canceled_at: FROZEN + DAY,
          ended_at: FROZEN + DAY,
          cancellation_details: { reason: "cancellation_requested" },
        },
      ],
    ]);
    expect((await refusal(ada.stripe.subscriptions.cancel(id))).code).toBe("resource_missing");
    expect((await ada.stripe.subscriptions.list({ customer: ada.customer })).data).toEqual([]);
    expect(
      (await ada.stripe.subscriptions.list({ customer: ada.customer, status: "all" })).data,
    ).toMatchObject([{ id }]);
    expect(await ada.passes(40 * DAY)).toEqual([]);
  });

  it("stops collecting what is open", async () => {
    const ada = await Scenario.begin(shop, { card: "pm_card_chargeCustomerFail" });
    const { id } = await ada.subscribes({ trial_period_days: 1 });
    await ada.passes(2 * DAY);
    expect((await ada.reads(id)).status).toBe("past_due");
    expectEvents(await ada.calls(() => ada.stripe.subscriptions.cancel(id)), [
      "customer.subscription.deleted",
      [
        "invoice.updated",
        { auto_advance: false, next_payment_attempt: null, status: "open" },
        { auto_advance: true },
      ],
    ]);
    expect(await ada.passes(30 * DAY)).toEqual([]);
  });
});

describe("L. an end during the trial", () => {
  it("planned: it runs to its end and costs nothing", async () => {
    const ada = await Scenario.begin(shop);
    const { id } = await ada.subscribes({ trial_period_days: 5 });
    expectEvents(await ada.calls(() => ada.stripe.subscriptions.update(id, { cancel_at_period_end: true })), [
      ["customer.subscription.updated", { status: "trialing", cancel_at: FROZEN + 5 * DAY }],
    ]);
    expectEvents(
      (await ada.passes(40 * DAY)).filter(({ type }) => !type.endsWith("trial_will_end")),
      [["customer.subscription.deleted", { ended_at: FROZEN + 5 * DAY }]],
    );
    expect((await ada.stripe.charges.list({ customer: ada.customer })).data).toEqual([]);
  });

  it("at once: it is over, without an invoice", async () => {
    const ada = await Scenario.begin(shop);
    const { id } = await ada.subscribes({ trial_period_days: 5 });
    expectEvents(await ada.calls(() => ada.stripe.subscriptions.cancel(id)), [
      ["customer.subscription.deleted", { status: "canceled", ended_at: FROZEN }],
    ]);
    expect((await ada.stripe.invoices.list({ subscription: id })).data).toMatchObject([{ total: 0 }]);
  });
});

describe("Q. a customer who is deleted", () => {
  it("takes the subscriptions along, and leaves a stub", async () => {
    const { ada, id } = await subscribed();
    expectEvents(await ada.calls(() => ada.stripe.customers.del(ada.customer)), [
      ["customer.subscription.deleted", { id, status: "canceled" }],
      ["customer.deleted", { id: ada.customer, email: "ada@example.com", metadata: { userId: "u1" } }],
    ]);
    expect(await ada.stripe.customers.retrieve(ada.customer)).toMatchObject({
      id: ada.customer,
      deleted: true,
    });
    expect((await refusal(ada.stripe.customers.update(ada.customer, { name: "A" }))).code).toBe(
      "resource_missing",
    );
    expect((await ada.reads(id)).status).toBe("canceled");
    expect(await ada.passes(40 * DAY)).toEqual([]);
  });
});
