import { balanceTransaction } from "../billing/balance.ts";
import type { World } from "../billing/world.ts";
import type { TableName } from "../store/tables.ts";
import { StripeError } from "./errors.ts";
import { breakdown } from "./expand-breakdown.ts";
import {
  appliesTo,
  codeCurrencies,
  coupon,
  couponCurrencies,
  discount,
  discounts,
  promotionCode,
} from "./expand-discounts.ts";
import { ALWAYS_EMPTY } from "./expand-empty.ts";

type Resolver = (world: World, owner: Record<string, unknown>, value: unknown) => unknown;

function from(table: TableName): Resolver {
  return (world, _owner, value) =>
    typeof value === "string" ? (world.store.get(table, value) ?? value) : (value ?? null);
}

const asIs: Resolver = (_world, _owner, value) => value ?? null;

const ofBalance: Resolver = (world, _owner, value) =>
  typeof value === "string" ? (balanceTransaction(world, value) ?? value) : (value ?? null);

function listOf(data: unknown[], url: string): object {
  return { object: "list", data, has_more: false, url };
}

/** What can be expanded: by the kind of object, then by the path inside it up to the next object. */
const EXPANDABLE: Record<string, Record<string, Resolver>> = {
  customer: {
    "invoice_settings.default_payment_method": from("paymentMethods"),
    default_source: asIs,
    test_clock: from("testClocks"),
    sources: (_world, owner) => listOf([], `/v1/customers/${String(owner["id"])}/sources`),
    tax_ids: (_world, owner) => listOf([], `/v1/customers/${String(owner["id"])}/tax_ids`),
    tax: () => ({ automatic_tax: "not_collecting", ip_address: null, location: null, provider: "stripe" }),
    subscriptions: (world, owner) => {
      const live = world.store
        .where("subscriptions", "customer", String(owner["id"]))
        .filter((row) => row.status !== "canceled");
      return listOf(live.reverse(), `/v1/customers/${String(owner["id"])}/subscriptions`);
    },
  },
  customer_balance_transaction: { customer: from("customers"), invoice: from("invoices") },
  product: { default_price: from("prices") },
  price: { product: from("products") },
  plan: { product: from("products") },
  "checkout.session": {
    customer: from("customers"),
    subscription: from("subscriptions"),
    invoice: from("invoices"),
    payment_intent: from("paymentIntents"),
    setup_intent: from("setupIntents"),
    "discounts.coupon": coupon,
    "total_details.breakdown": breakdown,
    "discounts.promotion_code": promotionCode,
    line_items: (world, owner) => {
      const id = String(owner["id"]);
      return listOf(
        world.store.get("checkoutPlans", id)?.lineItems ?? [],
        `/v1/checkout/sessions/${id}/line_items`,
      );
    },
  },
  subscription: {
    customer: from("customers"),
    default_payment_method: from("paymentMethods"),
    default_source: asIs,
    latest_invoice: from("invoices"),
    pending_setup_intent: from("setupIntents"),
    discounts,
    schedule: asIs,
    test_clock: from("testClocks"),
  },
  subscription_item: { discounts },
  invoiceitem: {
    customer: from("customers"),
    invoice: from("invoices"),
    discounts,
    "pricing.price_details.price": from("prices"),
    test_clock: from("testClocks"),
  },
  invoice: {
    customer: from("customers"),
    default_payment_method: from("paymentMethods"),
    discounts,
    "total_discount_amounts.discount": discount,
    "total_pretax_credit_amounts.discount": discount,
    "parent.subscription_details.subscription": from("subscriptions"),
    test_clock: from("testClocks"),
    payments: (world, owner) => {
      const rows = world.store.where("invoicePayments", "invoice", String(owner["id"]));
      return listOf(rows.reverse(), `/v1/invoice_payments?invoice=${String(owner["id"])}`);
    },
    confirmation_secret: (world, owner) => {
      const payment = world.store.where("invoicePayments", "invoice", String(owner["id"]))[0];
      const intent = world.store.get("paymentIntents", String(payment?.payment.payment_intent));
      return intent === undefined ? null : { client_secret: intent.client_secret, type: "payment_intent" };
    },
  },
  line_item: {
    "pricing.price_details.price": from("prices"),
    subscription: from("subscriptions"),
    discounts,
    "discount_amounts.discount": discount,
    "pretax_credit_amounts.discount": discount,
  },
  coupon: { applies_to: appliesTo, currency_options: couponCurrencies },
  promotion_code: {
    customer: from("customers"),
    "promotion.coupon": coupon,
    "restrictions.currency_options": codeCurrencies,
  },
  discount: { customer: from("customers"), promotion_code: promotionCode, "source.coupon": coupon },
  invoice_payment: {
    invoice: from("invoices"),
    "payment.payment_intent": from("paymentIntents"),
    "payment.charge": from("charges"),
  },
  payment_intent: {
    customer: from("customers"),
    "amount_details.line_items": (_world, owner) =>
      listOf([], `/v1/payment_intents/${String(owner["id"])}/amount_details_line_items`),
    latest_charge: from("charges"),
    payment_method: from("paymentMethods"),
  },
  setup_intent: {
    customer: from("customers"),
    payment_method: from("paymentMethods"),
    latest_attempt: from("setupAttempts"),
    mandate: from("mandates"),
    single_use_mandate: from("mandates"),
  },
  setup_attempt: {
    customer: from("customers"),
    payment_method: from("paymentMethods"),
    setup_intent: from("setupIntents"),
  },
  mandate: { payment_method: from("paymentMethods") },
  "radar.early_fraud_warning": { charge: from("charges"), payment_intent: from("paymentIntents") },
  balance_transaction: {
    source: (world, _owner, value) =>
      world.store.get("charges", String(value)) ??
      world.store.get("refunds", String(value)) ??
      world.store.get("disputes", String(value)) ??
      value,
  },
  payment_method: { customer: from("customers") },
  charge: {
    customer: from("customers"),
    payment_intent: from("paymentIntents"),
    balance_transaction: ofBalance,
    failure_balance_transaction: asIs,
    "payment_method_details.sepa_debit.mandate": from("mandates"),
    refunds: (world, owner) => {
      const rows = world.store.where("refunds", "charge", String(owner["id"]));
      return listOf(rows.reverse(), `/v1/charges/${String(owner["id"])}/refunds`);
    },
  },
  dispute: { charge: from("charges"), payment_intent: from("paymentIntents") },
  refund: {
    charge: from("charges"),
    customer: from("customers"),
    payment_intent: from("paymentIntents"),
    payment_method: from("paymentMethods"),
    balance_transaction: ofBalance,
    failure_balance_transaction: ofBalance,
  },
  "billing_portal.session": { configuration: from("portalConfigurations") },
};

/** Answers a copy in which every path of `expand[]` is replaced by the object it names. */
export function expand(world: World, answer: object, paths: readonly string[]): object {
  if (paths.length === 0) return answer;
  const copy = structuredClone(answer) as Record<string, unknown>;
  for (const path of paths) {
    const parts = path.split(".");
    if (parts.length > 4) throw refused(path, "You cannot expand more than 4 levels of a property.");
    walk(world, copy, { parts, prefix: "", path });
  }
  return copy;
}

interface Step {
  parts: readonly string[];
  prefix: string;
  path: string;
  owner?: Record<string, unknown>;
}

function walk(world: World, node: unknown, step: Step): void {
  const [part, ...rest] = step.parts;
  if (part === undefined || node === null || node === undefined) return;
  if (Array.isArray(node)) {
    for (const entry of node) walk(world, entry, step);
    return;
  }
  if (typeof node !== "object") throw refused(step.path);
  const hash = node as Record<string, unknown>;
  const isObject = typeof hash["object"] === "string";
  const owner = isObject ? hash : step.owner;
  const prefix = isObject ? "" : step.prefix;
  const resolver = resolverOf(String(owner?.["object"]), prefix + part);
  if (resolver !== undefined && owner !== undefined) {
    hash[part] = structuredClone(resolver(world, owner, hash[part]));
    walk(world, hash[part], { parts: rest, prefix: "", path: step.path });
    return;
  }
  const next = hash[part];
  const canPass = rest.length > 0 && (next === null || typeof next === "object");
  if (!canPass || !(part in hash)) throw refused(step.path);
  walk(world, next, { parts: rest, prefix: `${prefix}${part}.`, path: step.path, ...(owner && { owner }) });
}

function resolverOf(kind: string, path: string): Resolver | undefined {
  return EXPANDABLE[kind]?.[path] ?? (ALWAYS_EMPTY[kind]?.includes(path) ? asIs : undefined);
}

function refused(path: string, message?: string): StripeError {
  const text = message ?? `This property cannot be expanded (${path}).`;
  return new StripeError(400, { type: "invalid_request_error", message: text, param: "expand" }, true);
}
