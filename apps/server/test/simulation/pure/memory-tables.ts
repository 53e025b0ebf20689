import type { Attempt } from "../../../../../packages/api/src/billing/compute-attempts.ts";
import type { StoredFlag } from "../../../../../packages/api/src/billing/compute-duplicates.ts";
import type { User } from "../../../../../packages/api/src/billing/compute-settlement.ts";
import type { PendingEvent } from "../../../../../packages/api/src/billing/pending-events.ts";
import type { GrantRow } from "../../../../../packages/api/src/billing/stored-state.ts";
import type { OutboxRow, Rows, SubscriptionRow } from "../rows.ts";

export interface Customer {
  readonly customerId: string;
  readonly userId: string;
  observedSeq: number;
  observedAt: number | null;
}

/** An inbox row: the event with its retry state, and how it ended. */
export type Inbox = { -readonly [K in keyof PendingEvent]: PendingEvent[K] } & {
  customerId: string | null;
  outcome: "processed" | "ignored" | "dead" | null;
  leaseUntil: number;
  lastError: string | null;
};

export type Purchase = Attempt & { readonly userId: string; readonly customerId: string };

/** Our rows without a database: what a transaction writes is written at once. */
export class MemoryTables {
  readonly users = new Map<string, User>();
  readonly customers = new Map<string, Customer>();
  readonly subscriptions = new Map<string, SubscriptionRow>();
  readonly grants = new Map<string, GrantRow>();
  readonly flags: (StoredFlag & { userId: string })[] = [];
  readonly inbox = new Map<string, Inbox>();
  /** Events without an end, by customer. */
  readonly pending = new Map<string, Set<Inbox>>();
  readonly purchases: Purchase[] = [];
  readonly xp = new Set<string>();
  readonly outbox: OutboxRow[] = [];
  seq = 0;

  /** One that has no end yet is found under its customer; one that has, is not. */
  keep(row: Inbox): void {
    this.inbox.set(row.facts.eventId, row);
    const key = row.customerId ?? "";
    const own = this.pending.get(key) ?? new Set();
    if (row.outcome === null) own.add(row);
    else own.delete(row);
    this.pending.set(key, own);
  }

  pendingOf(customerId: string): Inbox[] {
    return [...(this.pending.get(customerId) ?? [])];
  }

  rowsOf(userId: string): SubscriptionRow[] {
    return [...this.subscriptions.values()].filter((row) => row.userId === userId);
  }

  grantsOf(userId: string): GrantRow[] {
    return [...this.grants.values()].filter((row) => row.userId === userId);
  }

  /** As the checks read a database. */
  asRows(afterOutboxId: number): Rows {
    return {
      users: [...this.users.values()].map((user) => ({
        id: user.id,
        subscription_status: user.subscriptionStatus,
        subscription_expiry: user.subscriptionExpiry,
        stripe_status: user.stripeStatus,
        cancel_at: user.cancelAt,
        xp: user.xp,
        image_counter: user.imageCounter,
        version: user.version,
      })),
      customers: [...this.customers.values()].map((one) => ({
        customer_id: one.customerId,
        user_id: one.userId,
        observed_seq: one.observedSeq,
      })),
      subscriptions: [...this.subscriptions.values()],
      grants: [...this.xp].map((user_id) => ({ user_id, amount: 250 })),
      provisional: [...this.grants.values()].map((grant) => ({
        subscription_id: grant.subscriptionId,
        user_id: grant.userId,
        status: grant.status,
        ends_at: grant.endsAt,
      })),
      flagged: this.flags
        .filter(({ kind }) => kind === "duplicate_payment")
        .map(({ userId, objectId }) => ({ user_id: userId, object_id: objectId })),
      // No uploads here: the rules of units are statements of the database.
      ...{ units: [], files: [], replies: [] },
      outbox: this.outbox.slice(afterOutboxId),
    };
  }
}
