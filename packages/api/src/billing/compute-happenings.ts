import type { Happening } from "@liveassist/shared/happenings";
import { isKnownStatus, isOver } from "@liveassist/shared/subscription";
import type { Observation } from "./ask-about-customer.ts";
import { computeDuplicates, type StoredFlag } from "./compute-duplicates.ts";
import type { Terms } from "./compute-rows.ts";
import { isOurs, type SubscriptionRow } from "./load-facts.ts";

/** Something that happened around a user's subscriptions; what follows from it stands in `HAPPENINGS`. */
export interface Happened {
  readonly kind: Happening;
  /** The subscription, charge, dispute or customer it happened to. */
  readonly objectId: string;
  /** Null for what happens to money or customers. */
  readonly row: SubscriptionRow | null;
  /** For a double payment: the subscription that is kept. */
  readonly keptId: string | null;
}

interface Turn {
  /** All of the user's rows before and after. */
  readonly before: readonly SubscriptionRow[];
  readonly rows: readonly SubscriptionRow[];
  /** Null: settled without asking Stripe. */
  readonly observed: Observation | null;
  /** What stands written for the operator about this user. */
  readonly flags: readonly StoredFlag[];
  /** The subscription that speaks for the user. */
  readonly speakerId: string | null;
  /** The account was deleted. */
  readonly isDeleted: boolean;
}

/** So long before a trial's end its reminder is due, as Stripe's own `trial_will_end` is. */
export const REMIND_MS = 3 * 86_400_000;

/**
 * What happened between a user's rows before and after. What lasts a while (a trial's last days, an unpaid invoice) is
 * found each time; its mail's key makes it told once.
 */
export function computeHappenings(turn: Turn, terms: Terms): Happened[] {
  const before = new Map(turn.before.map((row) => [row.providerSubscriptionId, row]));
  const counted = turn.rows.filter((row) => isOurs(row.items, terms.price));
  const turned = counted.flatMap((row) => {
    const id = row.providerSubscriptionId;
    const snapshot = turn.observed?.subscriptions.find((one) => one.id === id);
    const change = { row, old: before.get(id), endReason: snapshot?.endReason ?? null };
    return happeningsOf(change, terms).map((kind) => ({ kind, objectId: id, row, keptId: null }));
  });
  const { keptId, newIds } = computeDuplicates({ ...turn, rows: counted }, terms);
  const doubled = counted
    .filter((row) => newIds.includes(row.providerSubscriptionId))
    .map((row) => ({
      kind: "duplicate_payment" as const,
      objectId: row.providerSubscriptionId,
      row,
      keptId,
    }));
  return [...turned, ...doubled, ...deletedCustomer(turn), ...deletedUser(turn)];
}

/** Found each time while it lasts: nobody is left who would notice a charge. */
function deletedUser({ isDeleted, rows }: Turn): Happened[] {
  const live = isDeleted ? rows.filter((row) => !isOver(row.status)) : [];
  return live.map((row) => ({
    kind: "deleted_user_subscribed",
    objectId: row.providerSubscriptionId,
    row: null,
    keptId: null,
  }));
}

/** A customer that was deleted with something live: whoever deleted it ended what somebody pays for. */
function deletedCustomer({ before, rows, observed }: Turn): Happened[] {
  if (!observed?.customerDeleted) return [];
  const live = before.filter((row) => row.customerId === observed.customerId && !isOver(row.status));
  const ended = live.some(({ providerSubscriptionId: id }) =>
    rows.some((row) => row.providerSubscriptionId === id && isOver(row.status)),
  );
  return ended ? [{ kind: "customer_deleted", objectId: observed.customerId, row: null, keptId: null }] : [];
}

interface Change {
  readonly row: SubscriptionRow;
  /** Undefined: seen for the first time. */
  readonly old: SubscriptionRow | undefined;
  readonly endReason: string | null;
}

function happeningsOf(change: Change, terms: Terms): Happening[] {
  const { row, old } = change;
  const turnedTo = (status: string): boolean => row.status === status && old?.status !== status;
  const begins = row.status === "trialing" || row.status === "active";
  const found: (Happening | false)[] = [
    begins && (old === undefined || old.status === "incomplete") && "ordered",
    isTrialEnding(row, terms) && "trial_ending",
    row.status === "past_due" && row.openInvoiceAt !== null && "payment_failed",
    endedUnpaid(change) && "ended_unpaid",
    trialRanOut(change) && "trial_ended_without_payment_method",
    turnedTo("paused") && "paused",
    !isKnownStatus(row.status) && turnedTo(row.status) && "unknown_status",
    old !== undefined && amountOf(old, terms) !== amountOf(row, terms) && "price_changed",
  ];
  return found.filter((one) => one !== false);
}

/** What a subscription costs a period, in the currency's minor unit, by its own item of ours. */
export function amountOf(row: SubscriptionRow, { price }: Terms): number {
  const item = row.items.find((one) => isOurs([one], price) && one.unitAmount !== null);
  return item?.unitAmount ?? price.amountOre;
}

/** Only when Stripe was asked since the reminder is due: nobody is warned of a charge they have cancelled meanwhile. */
function isTrialEnding(row: SubscriptionRow, terms: Terms): boolean {
  const end = row.trialEndsAt?.getTime();
  if (row.status !== "trialing" || end === undefined) return false;
  const isDue = terms.now < end && row.observedAt.getTime() >= end - REMIND_MS;
  const stops = row.cancelAtPeriodEnd || (row.cancelAt !== null && row.cancelAt.getTime() <= end);
  return isDue && !stops && amountOf(row, terms) > 0;
}

/** Retries are over: Stripe gave up collecting, or ended it because of that. */
function endedUnpaid({ row, old, endReason }: Change): boolean {
  if (old === undefined || isOver(old.status) || row.status === old.status) return false;
  if (row.status === "unpaid") return true;
  if (row.status !== "canceled") return false;
  return endReason === null
    ? old.status === "past_due" || old.status === "unpaid"
    : endReason === "payment_failed";
}

/** A trial that ended by itself, without a charge and without anybody asking for it. */
function trialRanOut({ row, old, endReason }: Change): boolean {
  if (old?.status !== "trialing" || old.cancelAt !== null || old.cancelAtPeriodEnd) return false;
  const stopped = row.status === "canceled" || row.status === "paused";
  return stopped && row.firstPaidAt === null && endReason === null;
}
