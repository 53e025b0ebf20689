import type { Observation } from "../../../../../packages/api/src/billing/ask-about-customer.ts";
import { computeAttempts } from "../../../../../packages/api/src/billing/compute-attempts.ts";
import { computeDuplicates } from "../../../../../packages/api/src/billing/compute-duplicates.ts";
import { computeRows, withRows } from "../../../../../packages/api/src/billing/compute-rows.ts";
import {
  computeSettlement,
  owesFirstPremium,
} from "../../../../../packages/api/src/billing/compute-settlement.ts";
import { decideEvents } from "../../../../../packages/api/src/billing/decide-events.ts";
import { isAnswered } from "../../../../../packages/api/src/billing/end-grants.ts";
import { isOurs } from "../../../../../packages/api/src/billing/load-facts.ts";
import { asGrants } from "../../../../../packages/api/src/billing/stored-state.ts";
import type { Inbox } from "./memory-tables.ts";
import type { PureLife } from "./pure-life.ts";

/** What a sync's transaction does, as one indivisible write: the decisions are the product's, only the writing is not. */
export function commitInMemory(life: PureLife, pending: readonly Inbox[], observed: Observation): void {
  const { tables } = life;
  const customer = tables.customers.get(observed.customerId);
  if (!customer) throw new Error(`customer ${observed.customerId} is bound to no user`);
  if (customer.observedSeq < observed.seq) {
    customer.observedSeq = observed.seq;
    customer.observedAt = observed.at;
    writeUser(life, customer.userId, observed);
  }
  for (const decision of decideEvents(pending, observed, life.now())) {
    const row = tables.inbox.get(decision.event.facts.eventId);
    if (!row || row.outcome !== null) continue;
    row.leaseUntil = 0;
    if (decision.kind === "recheck") {
      row.rechecks += 1;
      row.nextAttemptAt = new Date(decision.at);
    } else {
      row.outcome = decision.kind;
      row.lastError = decision.kind === "dead" ? decision.reason : null;
    }
    tables.keep(row);
  }
  life.wrote = true;
}

function writeUser(life: PureLife, userId: string, observed: Observation): void {
  const { tables } = life;
  const stored = tables.rowsOf(userId);
  const terms = life.terms();
  const written = computeRows({ stored, observed, userId }, terms);
  for (const row of written) tables.subscriptions.set(row.providerSubscriptionId, row);
  for (const grant of tables.grantsOf(userId))
    if (isAnswered(grant, observed)) tables.grants.delete(grant.subscriptionId);
  const rows = withRows(stored, written);
  const own = tables.purchases.filter((one) => one.userId === userId);
  for (const move of computeAttempts(own, observed, rows)) {
    const at = tables.purchases.findIndex((one) => one.id === move.id);
    const purchase = tables.purchases[at];
    if (purchase) tables.purchases[at] = { ...purchase, state: move.to };
  }
  settleInMemory(life, userId);
}

/** Makes a user's row say what their rows amount to now, as `settleUser` does. */
export function settleInMemory(life: PureLife, userId: string): void {
  const { tables } = life;
  const user = tables.users.get(userId);
  if (!user) return;
  const rows = tables.rowsOf(userId);
  const terms = life.terms();
  const isOwed = owesFirstPremium(rows, terms) && !tables.xp.has(userId);
  if (isOwed) tables.xp.add(userId);
  const xpAwarded = isOwed ? 250 : 0;
  const grants = asGrants(tables.grantsOf(userId));
  const { told, kept, changed, speakerId } = computeSettlement({ user, rows, grants, xpAwarded }, terms);
  flagDoubled(life, userId, speakerId);
  let { version } = user;
  if (changed.length > 0) {
    version = tables.outbox.length + 1;
    const payload = { subscription_status: told.subscriptionStatus, xp_awarded: xpAwarded };
    tables.outbox.push({ id: version, user_id: userId, payload });
  }
  tables.users.set(userId, { ...user, ...told, ...kept, version });
  life.wrote = true;
}

function flagDoubled(life: PureLife, userId: string, speakerId: string | null): void {
  const { tables, price } = life;
  const rows = tables.rowsOf(userId).filter((row) => isOurs(row.items, price));
  const flags = tables.flags.filter((flag) => flag.userId === userId);
  const { keptId, newIds } = computeDuplicates({ rows, flags, speakerId }, life.terms());
  for (const objectId of newIds) tables.flags.push({ kind: "duplicate_payment", objectId, keptId, userId });
}
