import type { subscriptions } from "@liveassist/db/schema";

export interface UserRow {
  readonly id: string;
  readonly subscription_status: string;
  readonly subscription_expiry: Date | null;
  readonly stripe_status: string;
  readonly cancel_at: Date | null;
  readonly xp: number;
  readonly version: number;
}
export interface CustomerRow {
  readonly customer_id: string;
  readonly user_id: string;
  readonly observed_seq: number;
}
export interface OutboxRow {
  readonly id: number;
  readonly user_id: string;
  readonly payload: { readonly subscription_status: string; readonly xp_awarded?: number };
}
export type SubscriptionRow = Omit<typeof subscriptions.$inferSelect, "createdAt">;

/** What the database says after a step. */
export interface Rows {
  readonly users: readonly UserRow[];
  readonly customers: readonly CustomerRow[];
  readonly subscriptions: readonly SubscriptionRow[];
  readonly grants: readonly { readonly user_id: string; readonly amount: number }[];
  readonly provisional: readonly {
    readonly subscription_id: string;
    readonly user_id: string;
    readonly status: string;
    readonly ends_at: string | Date;
  }[];
  /** Subscriptions flagged as paid twice. */
  readonly flagged: readonly { readonly user_id: string; readonly object_id: string }[];
  /** Rows after the last ones read. */
  readonly outbox: readonly OutboxRow[];
}
