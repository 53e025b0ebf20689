import type { Pick } from "./pick.ts";

/** A call of the API, something people do, or time. */
export type Wish =
  | { method: "GET" | "POST" | "DELETE"; path: string; params?: Record<string, unknown> }
  | { act: () => unknown }
  | { advance: number };

const HOUR = 3_600_000;
const TOKENS = [
  "pm_card_visa",
  "pm_card_chargeCustomerFail",
  "pm_card_authenticationRequired",
  "pm_card_chargeDeclined",
  "pm_card_visa_chargeDeclinedLostCard",
] as const;
/** What follows later: disputes, warnings, refunds that take their time. */
const AFTERMATHS = [
  "pm_card_createDispute",
  "pm_card_createDisputeInquiry",
  "pm_card_createIssuerFraudRecord",
  "pm_card_pendingRefund",
  "pm_card_refundFail",
] as const;
const CARDS = [
  "4242424242424242",
  "4000000000000341",
  "4000002760003184",
  "4000000000000002",
  "4000002500003155",
  "4000000000000259",
  "4000000000001976",
  null,
] as const;

const post = (path: string, params: Record<string, unknown> = {}): Wish => ({ method: "POST", path, params });
const discounts = (pick: Pick) =>
  pick.below(4) === 0
    ? [pick.one([{ coupon: pick.id("coupons") }, { promotion_code: pick.id("promotionCodes") }])]
    : undefined;

/** An invoice somebody owes, if there is one. */
function owed(pick: Pick): string {
  const open = pick.core.store.all("invoices").filter(({ status }) => status === "open");
  return open.length > 0 && pick.below(4) > 0 ? pick.one(open).id : pick.id("invoices");
}

/** A charge that brought money, if there is one. */
function paid(pick: Pick): string {
  const charges = pick.core.store.all("charges").filter(({ status }) => status === "succeeded");
  return charges.length > 0 && pick.below(4) > 0 ? pick.one(charges).id : pick.id("charges");
}

/** How every life begins, so that there is something to be done: the numbers are what the choices are drawn from. */
export const BEGINNING: readonly [move: string, ...numbers: number[]][] = [
  ["a customer with a card", 0],
  ["a customer with a card", 1],
  ["a price", 0],
  ["a price", 1, 2],
  ["a test clock", 1],
  ["a coupon", 0],
  ["a promotion code", 0],
  ["a subscription", 0, 1],
  ["a payment held", 0],
  ["a checkout", 8, 1, 1],
  ["somebody pays a checkout", 0],
  ["a dispute", 0],
  ["some days", 3],
  ["a subscription", 1],
];

/** Everything anybody may do; some of it is refused, most of it is not. */
export const MOVES: Record<string, (pick: Pick) => Wish> = {
  "a customer": (pick) =>
    post("/v1/customers", {
      email: "ada@example.com",
      payment_method: pick.one([...TOKENS, undefined]),
      test_clock: pick.below(4) === 0 ? pick.id("testClocks") : undefined,
    }),
  "a customer with a card": (pick) => {
    const payment_method = pick.one([TOKENS[0], TOKENS[1], TOKENS[2]]);
    return post("/v1/customers", {
      payment_method,
      invoice_settings: { default_payment_method: payment_method },
    });
  },
  "another e-mail": (pick) =>
    post(`/v1/customers/${pick.id("customers")}`, {
      email: pick.one(["a@example.com", "b@example.com", ""]),
      metadata: pick.one([{ a: "1" }, "", { a: "" }]),
    }),
  "a default card": (pick) =>
    post(`/v1/customers/${pick.id("customers")}`, {
      invoice_settings: { default_payment_method: pick.one([pick.id("paymentMethods"), ""]) },
    }),
  "no customer any more": (pick) => ({ method: "DELETE", path: `/v1/customers/${pick.id("customers")}` }),
  "a price": (pick) =>
    post("/v1/prices", {
      currency: "sek",
      unit_amount: pick.one([3900, 900, 0, 12_000]),
      recurring: pick.one([
        { interval: "month" },
        { interval: "year" },
        { interval: "week" },
        { interval: "month" },
      ]),
      product_data: { name: "P" },
    }),
  "a one-time price": () =>
    post("/v1/prices", { currency: "sek", unit_amount: 5000, product_data: { name: "Once" } }),
  "a card attached": (pick) =>
    post(`/v1/payment_methods/${pick.one([...TOKENS, pick.id("paymentMethods")])}/attach`, {
      customer: pick.id("customers"),
    }),
  "a card detached": (pick) => post(`/v1/payment_methods/${pick.id("paymentMethods")}/detach`),
  "a checkout": (pick) =>
    post("/v1/checkout/sessions", {
      mode: "subscription",
      customer: pick.maybe(pick.id("customers")),
      line_items: [{ price: pick.id("prices"), quantity: 1 + pick.below(2) }],
      success_url: "http://shop.example/",
      payment_method_collection: pick.maybe("if_required"),
      subscription_data: pick.maybe({
        trial_period_days: pick.one([1, 5, 14]),
        trial_settings: {
          end_behavior: { missing_payment_method: pick.one(["cancel", "pause", "create_invoice"]) },
        },
      }),
      discounts: discounts(pick),
    }),
  "a checkout for once": (pick) =>
    post("/v1/checkout/sessions", {
      mode: pick.one(["payment", "payment", "setup"]),
      customer: pick.maybe(pick.id("customers")),
      line_items: [{ price: pick.id("prices"), quantity: 1 }],
      success_url: "http://shop.example/",
    }),
  "a checkout given up": (pick) => post(`/v1/checkout/sessions/${pick.id("sessions")}/expire`),
  "somebody pays a checkout": (pick) => ({
    act: () =>
      pick.core.people.pay(pick.id("sessions"), {
        card: pick.one(CARDS),
        authentication: pick.one(["complete", "complete", "fail"]),
      }),
  }),
  "a subscription": (pick) =>
    post("/v1/subscriptions", {
      customer: pick.id("customers"),
      items: [{ price: pick.id("prices"), quantity: pick.maybe(2) }],
      payment_behavior: pick.one(["allow_incomplete", "default_incomplete", "error_if_incomplete"]),
      default_payment_method: pick.below(3) === 0 ? pick.id("paymentMethods") : undefined,
      trial_period_days: pick.one([undefined, undefined, 2, 7]),
      cancel_at_period_end: pick.below(6) === 0 ? true : undefined,
      discounts: discounts(pick),
    }),
  "an end planned": (pick) =>
    post(`/v1/subscriptions/${pick.id("subscriptions")}`, {
      cancel_at_period_end: pick.one([true, true, false]),
    }),
  "a day of the end": (pick) =>
    post(`/v1/subscriptions/${pick.id("subscriptions")}`, {
      cancel_at: pick.one([pick.moment(50), "", "min_period_end"]),
    }),
  "a trial cut short or made longer": (pick) =>
    post(`/v1/subscriptions/${pick.id("subscriptions")}`, { trial_end: pick.one(["now", pick.moment(30)]) }),
  "another price": (pick) => {
    const { id, items } = pick.core.store.get("subscriptions", pick.id("subscriptions")) ?? {};
    return post(`/v1/subscriptions/${id ?? "sub_none"}`, {
      items: [{ id: items?.data[0]?.id, price: pick.id("prices"), quantity: 1 + pick.below(3) }],
      proration_behavior: pick.one(["create_prorations", "always_invoice", "none"]),
    });
  },
  "another card for a subscription": (pick) =>
    post(`/v1/subscriptions/${pick.id("subscriptions")}`, {
      default_payment_method: pick.id("paymentMethods"),
    }),
  "collection paused": (pick) =>
    post(`/v1/subscriptions/${pick.id("subscriptions")}`, {
      pause_collection: pick.one([
        "",
        { behavior: "void" },
        { behavior: "keep_as_draft" },
        { behavior: "mark_uncollectible" },
      ]),
    }),
  "a pause": (pick) => post(`/v1/subscriptions/${pick.id("subscriptions")}/pause`, { type: "subscription" }),
  "a resumption": (pick) =>
    post(`/v1/subscriptions/${pick.id("subscriptions")}/resume`, {
      billing_cycle_anchor: { type: pick.one(["now", "unchanged"]) },
      payment_behavior: pick.one(["resume_on_payment_attempt", "resume_on_payment_success"]),
    }),
  "an end now": (pick) => ({
    method: "DELETE",
    path: `/v1/subscriptions/${pick.id("subscriptions")}${pick.one(["", "", "?prorate=true", "?invoice_now=true", "?invoice_now=true&prorate=true"])}`,
  }),
  "an item by hand": (pick) =>
    post("/v1/invoiceitems", {
      customer: pick.id("customers"),
      amount: pick.one([500, -500, 1200]),
      currency: "sek",
      subscription: pick.maybe(pick.id("subscriptions")),
    }),
  "an invoice by hand": (pick) =>
    post("/v1/invoices", { customer: pick.id("customers"), auto_advance: pick.maybe(true) }),
  "a draft thrown away": (pick) => ({ method: "DELETE", path: `/v1/invoices/${pick.id("invoices")}` }),
  "an invoice finalized": (pick) => post(`/v1/invoices/${pick.id("invoices")}/finalize`),
  "an invoice paid": (pick) =>
    post(`/v1/invoices/${owed(pick)}/pay`, {
      paid_out_of_band: pick.below(4) === 0 ? true : undefined,
      payment_method: pick.one([undefined, ...TOKENS]),
    }),
  "an invoice void": (pick) => post(`/v1/invoices/${owed(pick)}/void`),
  "an invoice given up": (pick) => post(`/v1/invoices/${owed(pick)}/mark_uncollectible`),
  "somebody pays an invoice": (pick) => ({
    act: () =>
      pick.core.people.payInvoice(owed(pick), pick.one([undefined, ...CARDS.slice(0, 4)]) ?? undefined),
  }),
  "a refund": (pick) =>
    post("/v1/refunds", {
      charge: paid(pick),
      amount: pick.one([undefined, 100, 900, 3900, 0, 4800, 12_500]),
    }),
  "a dispute": (pick) => ({ act: () => pick.core.people.dispute(paid(pick)) }),
  evidence: (pick) =>
    post(`/v1/disputes/${pick.id("disputes")}`, {
      evidence: { uncategorized_text: "It was read." },
      submit: pick.maybe(true),
    }),
  "a dispute accepted": (pick) => post(`/v1/disputes/${pick.id("disputes")}/close`),
  "a dispute decided": (pick) => ({
    act: () => pick.core.people.closeDispute(pick.id("disputes"), pick.one(["won", "lost"])),
  }),
  "a payment": (pick) =>
    post("/v1/payment_intents", {
      amount: pick.one([2000, 1]),
      currency: "sek",
      customer: pick.maybe(pick.id("customers")),
      payment_method: pick.maybe(pick.one([...TOKENS, ...AFTERMATHS])),
      confirm: pick.maybe(true),
      capture_method: pick.maybe("manual"),
    }),
  "a payment held": () =>
    post("/v1/payment_intents", {
      amount: 2000,
      currency: "sek",
      payment_method: "pm_card_visa",
      confirm: true,
      capture_method: "manual",
    }),
  "a payment confirmed": (pick) =>
    post(`/v1/payment_intents/${pick.id("paymentIntents")}/confirm`, { payment_method: pick.one(TOKENS) }),
  "a payment captured": (pick) => post(`/v1/payment_intents/${pick.id("paymentIntents")}/capture`),
  "a payment cancelled": (pick) => post(`/v1/payment_intents/${pick.id("paymentIntents")}/cancel`),
  "a setup": (pick) =>
    post("/v1/setup_intents", {
      customer: pick.id("customers"),
      payment_method: pick.one(TOKENS),
      confirm: pick.maybe(true),
    }),
  "a setup confirmed": (pick) => post(`/v1/setup_intents/${pick.id("setupIntents")}/confirm`),
  "a setup cancelled": (pick) => post(`/v1/setup_intents/${pick.id("setupIntents")}/cancel`),
  "a coupon": (pick) =>
    post("/v1/coupons", {
      ...pick.one([{ percent_off: 25 }, { percent_off: 100 }, { amount_off: 1000, currency: "sek" }]),
      ...pick.one([
        { duration: "once" },
        { duration: "forever" },
        { duration: "repeating", duration_in_months: 2 },
      ]),
      max_redemptions: pick.maybe(1),
    }),
  "no coupon any more": (pick) => ({ method: "DELETE", path: `/v1/coupons/${pick.id("coupons")}` }),
  "a promotion code": (pick) =>
    post("/v1/promotion_codes", {
      promotion: { type: "coupon", coupon: pick.id("coupons") },
      max_redemptions: pick.maybe(1),
    }),
  "a code switched": (pick) =>
    post(`/v1/promotion_codes/${pick.id("promotionCodes")}`, { active: pick.one([true, false]) }),
  "a discount for a subscription": (pick) =>
    post(`/v1/subscriptions/${pick.id("subscriptions")}`, { discounts: discounts(pick) ?? "" }),
  "somebody opens the portal": (pick) =>
    post("/v1/billing_portal/sessions", { customer: pick.id("customers") }),
  "somebody changes the card": (pick) => ({
    act: () => pick.core.people.changeCard(pick.id("customers"), pick.one(CARDS) ?? undefined),
  }),
  "somebody cancels": (pick) => ({ act: () => pick.core.people.cancelAtPeriodEnd(pick.id("subscriptions")) }),
  "somebody stays": (pick) => ({ act: () => pick.core.people.keep(pick.id("subscriptions")) }),
  "somebody leaves at once": (pick) => ({ act: () => pick.core.people.cancelNow(pick.id("subscriptions")) }),
  "a test clock": (pick) =>
    post("/v1/test_helpers/test_clocks", {
      frozen_time: pick.moment(3),
      customer: pick.below(4) === 0 ? pick.id("customers") : undefined,
    }),
  "a test clock moved": (pick) => {
    const clock = pick.core.store.get("testClocks", pick.id("testClocks"));
    return post(`/v1/test_helpers/test_clocks/${clock?.id ?? "clock_none"}/advance`, {
      frozen_time: (clock?.frozen_time ?? 0) + pick.below(40 * 24) * 3600,
    });
  },
  "a test clock thrown away": (pick) => ({
    method: "DELETE",
    path: `/v1/test_helpers/test_clocks/${pick.id("testClocks")}`,
  }),
  "some hours": (pick) => ({ advance: (1 + pick.below(30)) * HOUR }),
  "some days": (pick) => ({ advance: (1 + pick.below(9)) * 24 * HOUR }),
  "a month": () => ({ advance: 31 * 24 * HOUR + HOUR }),
};
