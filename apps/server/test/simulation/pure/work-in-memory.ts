import { computeGrants } from "../../../../../packages/api/src/billing/compute-grants.ts";
import { isTransient, retryDelay } from "../../../../../packages/api/src/billing/fail-events.ts";
import { commitInMemory, settleInMemory } from "./commit-in-memory.ts";
import type { Inbox } from "./memory-tables.ts";
import { observeInMemory } from "./observe-in-memory.ts";
import type { PureLife } from "./pure-life.ts";

const LEASE_MS = 5_000;

/** Asks and writes, once. Throws when Stripe or the database could not be had. */
export async function syncInMemory(life: PureLife, worker: string, customerId: string): Promise<void> {
  const { pending, observed } = await observeInMemory(life, worker, customerId);
  const verdict = await life.effects.park(worker, "transaction", "commit");
  if (verdict.kind === "fail") throw cut();
  commitInMemory(life, pending, observed);
  if (verdict.kind === "lost") throw cut();
}

const cut = (): Error => Object.assign(new Error("cut"), { code: "CONNECTION_CLOSED" });

/** Works off a customer's due events: claim, resolve, sync, and put back what could not be done. */
export async function processInMemory(life: PureLife, worker: string, customerId: string): Promise<void> {
  const { tables } = life;
  const isDue = (row: Inbox): boolean =>
    row.nextAttemptAt.getTime() <= life.now() && row.leaseUntil <= life.now();
  const claimed = tables.pendingOf(customerId).filter(isDue);
  for (const row of claimed)
    Object.assign(row, { leaseUntil: life.now() + LEASE_MS, attempts: row.attempts + 1 });
  if (claimed.length === 0) return;
  const owner = life.owners.get(customerId);
  if (!owner || !life.tables.users.has(owner)) {
    for (const row of claimed) tables.keep(Object.assign(row, { outcome: "dead", lastError: "unresolved" }));
    return;
  }
  if (!tables.customers.has(customerId))
    tables.customers.set(customerId, { customerId, userId: owner, observedSeq: 0, observedAt: null });
  try {
    await syncInMemory(life, worker, customerId);
  } catch (error) {
    for (const row of claimed.filter(({ outcome }) => outcome === null)) putBack(life, row, error);
    grant(life, customerId);
  }
}

function putBack(life: PureLife, row: Inbox, error: unknown): void {
  if (!isTransient(error)) life.faults.push(`a sync failed for good: ${String(error)}`);
  const wait = retryDelay(row.attempts, life.draws.fraction());
  Object.assign(row, { nextAttemptAt: new Date(life.now() + wait), leaseUntil: 0, lastError: String(error) });
}

/** While Stripe cannot be asked, a verified word may grant (design I11). */
function grant(life: PureLife, customerId: string): void {
  const { tables } = life;
  const binding = tables.customers.get(customerId);
  if (!binding) return;
  const { userId, observedAt } = binding;
  const given = computeGrants(
    {
      userId,
      customerId,
      observedAt,
      pending: tables.pendingOf(customerId),
      rows: tables.rowsOf(userId),
      granted: tables.grantsOf(userId),
      livemode: false,
      stripeApiVersion: "2026-10-28.endive",
      wall: life.now(),
    },
    life.terms(),
  );
  for (const one of given) tables.grants.set(one.subscriptionId, one);
  if (given.length > 0) life.figures.add("granted on an event's word");
  settleInMemory(life, userId);
}

/** A boundary has passed: ask, or settle by what is stored (requirements R22). */
export async function askWhenDue(life: PureLife, worker: string, userId: string): Promise<void> {
  try {
    for (const { customerId } of [...life.tables.customers.values()].filter((one) => one.userId === userId))
      await syncInMemory(life, worker, customerId);
  } catch {
    settleInMemory(life, userId);
  }
}
