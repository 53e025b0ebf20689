import type { subscriptions } from "@liveassist/db/schema";

export interface UserRow {
  readonly id: string;
  readonly subscription_status: string;
  readonly subscription_expiry: Date | null;
  readonly stripe_status: string;
  readonly cancel_at: Date | null;
  readonly xp: number;
  readonly image_counter: number;
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

/** A quota unit. */
export interface UnitRow {
  readonly upload_id: string;
  readonly user_id: string;
  readonly day: string;
  readonly state: "reserved" | "committed" | "released";
  readonly counted: boolean;
}
export interface FileRow {
  readonly id: string;
  readonly user_id: string;
  readonly purpose: string;
  readonly kind: "image" | "video";
  readonly state: "uploading" | "ready" | "sent" | "failed" | "removed";
  readonly message_id: string | null;
  readonly expires_at: string;
}

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
  readonly units: readonly UnitRow[];
  readonly files: readonly FileRow[];
  /** Replies that stand, by the message they answer. */
  readonly replies: readonly { readonly reply_to: string; readonly status: string }[];
  /** Rows after the last ones read. */
  readonly outbox: readonly OutboxRow[];
}
