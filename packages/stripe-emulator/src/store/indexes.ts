import type { TableName, Tables } from "./tables.ts";

type Keys = { [K in TableName]?: Record<string, (row: Tables[K]) => string | null> };

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Look-ups by more than the id: for each table, names and what they are made of. */
export const INDEXES = {
  checkoutPlans: { intent: (row) => row.intent },
  customers: { test_clock: (row) => (row.deleted === true ? null : text(row.test_clock)) },
  sessions: { customer: (row) => text(row.customer) },
  subscriptions: { customer: (row) => text(row.customer) },
  invoices: {
    customer: (row) => text(row.customer),
    subscription: (row) => text(row.parent?.subscription_details?.subscription),
  },
  balanceTransactions: { customer: (row) => text(row.customer) },
  invoiceItems: {
    pending: (row) => (row.invoice === null ? text(row.parent?.subscription_details?.subscription) : null),
    // Waiting for whatever invoice its customer gets next.
    pending_for_customer: (row) => (row.invoice === null && row.parent === null ? text(row.customer) : null),
    customer: (row) => text(row.customer),
    invoice: (row) => text(row.invoice),
  },
  invoicePayments: {
    invoice: (row) => text(row.invoice),
    payment_intent: (row) => text(row.payment.payment_intent),
  },
  paymentMethods: { customer: (row) => text(row.customer) },
  charges: {
    customer: (row) => text(row.customer),
    payment_intent: (row) => text(row.payment_intent),
    balance_transaction: (row) => text(row.balance_transaction),
  },
  refunds: {
    charge: (row) => text(row.charge),
    balance_transaction: (row) => text(row.balance_transaction),
    failure: (row) => text(row.failure_balance_transaction),
  },
  setupAttempts: { setup_intent: (row) => text(row.setup_intent) },
  earlyFraudWarnings: { charge: (row) => text(row.charge) },
  disputes: { charge: (row) => text(row.charge) },
  discounts: { customer: (row) => text(row.customer) },
  promotionCodes: { code: (row) => row.code.toLowerCase(), coupon: (row) => text(row.promotion.coupon) },
  deliveryAttempts: { delivery: (row) => row.delivery },
  deliveries: { event: (row) => row.event },
} as const satisfies Keys;

export type IndexedTable = keyof typeof INDEXES;
export type IndexName<K extends IndexedTable> = keyof (typeof INDEXES)[K] & string;

/** Every index of a table, with the key of this row in it. */
export function keysOf(table: TableName, row: unknown): [index: string, key: string][] {
  const indexes: Record<string, (row: never) => string | null> = (INDEXES as Keys)[table] ?? {};
  return Object.entries(indexes).flatMap(([name, keyOf]) => {
    const key = keyOf(row as never);
    return key === null ? [] : [[`${table}.${name}`, key] as [string, string]];
  });
}
