import { readEvent } from "../../../../../packages/api/src/billing/read-event.ts";
import { verifySignature } from "../../../src/adapters/stripe-signature.ts";
import { type Letter, SECRET, type Seal, sealed } from "../letters.ts";
import { pick } from "../seeded-draws.ts";
import type { Inbox } from "./memory-tables.ts";
import type { PureLife } from "./pure-life.ts";

/** A delivery: the real signature check and the real reading of the body; stored in memory, then acknowledged. */
export function receiveInMemory(
  life: PureLife,
  letter: Letter,
  { seal, at }: { seal: Seal; at: number },
): void {
  const worker = pick(life.workers, at);
  if (!worker) return;
  letter.attempts += 1;
  letter.triedAt = life.now();
  life.tell(
    `Stripe delivers ${letter.type} ${letter.eventId} to ${worker}${seal === "good" ? "" : `, ${seal}`}.`,
  );
  const delivery = sealed(letter, seal);
  try {
    verifySignature([SECRET], delivery.rawBody, delivery.signature);
  } catch {
    if (seal === "good") life.faults.push(`a good delivery of ${letter.type} was refused`);
    return;
  }
  if (seal !== "good") life.faults.push(`a delivery with a ${seal} seal was taken: ${letter.type}`);
  void store(life, worker, letter);
}

async function store(life: PureLife, worker: string, letter: Letter): Promise<void> {
  const verdict = await life.effects.park(worker, "statement", `store ${letter.eventId}`);
  if (verdict.kind === "fail") return;
  letter.triedAt = life.now();
  keepEvent(life, letter);
  if (verdict.kind === "lost") return;
  letter.acknowledged = true;
  letter.open = false;
}

function keepEvent(life: PureLife, letter: Letter): void {
  const { tables } = life;
  const at = new Date(life.now());
  const known = tables.inbox.get(letter.eventId);
  if (known && known.outcome !== null && known.outcome !== "dead") return;
  if (known) Object.assign(known, { nextAttemptAt: at, leaseUntil: 0, outcome: null });
  tables.keep(known ?? newRow(life, letter, at));
}

function newRow(life: PureLife, letter: Letter, at: Date): Inbox {
  const facts = readEvent(letter.body);
  const isIgnored = facts.subject === null || facts.livemode === true;
  return {
    facts,
    customerId: facts.customerId ?? customerOfCharge(life, facts.chargeId),
    outcome: isIgnored ? "ignored" : null,
    attempts: 0,
    permanentFailures: 0,
    rechecks: 0,
    receivedAt: at,
    nextAttemptAt: at,
    firstFailedAt: null,
    leaseUntil: 0,
    lastError: null,
  };
}

/** A dispute names no customer; its charge does. */
function customerOfCharge({ core }: PureLife, chargeId: string | null): string | null {
  const customer = chargeId === null ? null : core.store.get("charges", chargeId)?.customer;
  return typeof customer === "string" ? customer : null;
}
