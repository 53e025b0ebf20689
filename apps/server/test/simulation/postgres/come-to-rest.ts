import { sweepUploads, syncUserAfresh } from "@liveassist/api";
import { Broken } from "../checks/broken.ts";
import { checkInbox, type InboxRow } from "../checks/check-inbox-at-rest.ts";
import { checkPurchases } from "../checks/check-purchases-at-rest.ts";
import { checkQuotaAtRest } from "../checks/check-quota-at-rest.ts";
import { checkRows } from "../checks/check-rows-at-rest.ts";
import { passTime } from "../moves/time-moves.ts";
import { beginWalk } from "./begin-walk.ts";
import type { Life } from "./life.ts";

/** How what was lost comes in: every letter at last; or none of them, and one walk, or one question per user. */
const RECOVERIES = ["letters", "walk", "refresh"] as const;

const MOST_ROUNDS = 120;
const MOST_EFFECTS = 5_000;

/** All faults end, everything under way comes through, and what is true at Stripe must be true here (design I3). */
export async function comeToRest(life: Life, seed: number): Promise<void> {
  const recovery = RECOVERIES[seed % RECOVERIES.length] ?? "letters";
  life.tell(`All faults end; recovery by ${recovery}.`);
  life.outage = null;
  // Every event arrives at least once, also what seemed lost; or none of those that are still on their way.
  for (const letter of life.letters) letter.open = recovery === "letters" && !letter.acknowledged;
  await drain(life);
  // Timers that wait for an answer that never comes give up; leases and retries fall due.
  for (let round = 0; round < 6; round++) await rest(life, 10_000);
  if (recovery === "refresh") refreshAll(life);
  if (recovery === "walk") await walkAll(life);
  for (let round = 0; (await isBusy(life)) || round < 3; round++) {
    if (round > MOST_ROUNDS) throw new Broken("after all faults ended it does not come to rest");
    for (const letter of life.letters)
      if (letter.open) life.deliver(letter, { seal: "good", at: life.draws.fraction() });
    await rest(life, 5_000);
  }
  await sweepAll(life);
  await life.lookAround();
  if (life.state.rows) {
    checkRows(life, life.state.rows);
    checkPurchases(life, life.state.rows);
    checkQuotaAtRest(life, life.state.rows, new Set(life.files.kept.keys()));
  }
  checkInbox(
    life,
    await life.sql<InboxRow[]>`
    select event_id, type, outcome, customer_id, last_error, observed_seq from webhook_events`,
  );
  await life.lookAround();
}

async function rest(life: Life, ms: number): Promise<void> {
  await drain(life);
  await passTime(life, ms);
  await drain(life);
}

async function drain(life: Life): Promise<void> {
  for (let count = 0; life.effects.parked.length > 0; count++) {
    if (count > MOST_EFFECTS) throw new Broken("effects never end");
    const [effect] = life.effects.parked;
    if (effect) await life.release(effect, { kind: "ok" });
    await life.lookAround();
  }
}

/** What waited for too long goes, and the counters turn to today. */
async function sweepAll(life: Life): Promise<void> {
  const [server] = life.processes;
  if (!server) return;
  life.ask(server, "a sweep", {
    work: ({ deps }) => sweepUploads(deps),
    failed: (error) => void life.faults.push(`after all faults a sweep failed: ${String(error)}`),
  });
  await life.effects.settled();
  await drain(life);
}

function refreshAll(life: Life): void {
  for (const { id, name } of life.people) {
    const [server] = life.processes;
    if (!server) continue;
    life.ask(server, `refresh of ${name}`, {
      work: ({ deps }) => syncUserAfresh(deps, id),
      failed: (error) =>
        void life.faults.push(`after all faults a refresh of ${name} failed: ${String(error)}`),
    });
  }
}

/** One walk finds and repairs everything; what it brings in is then worked off like any delivery. */
async function walkAll(life: Life): Promise<void> {
  let last = "never begun";
  for (let round = 0; last !== "finished" && last !== "failed"; round++) {
    if (round > MOST_ROUNDS) throw new Broken(`the walk ends ${last}, again and again`);
    let ended = false;
    beginWalk(life, (outcome) => {
      last = outcome;
      ended = true;
    });
    for (let rounds = 0; !ended && rounds < MOST_ROUNDS; rounds++) await rest(life, 5_000);
  }
  if (last === "failed") life.faults.push("after all faults a walk failed");
  for (const [customer, owner] of life.owners) {
    const bound = life.state.rows?.customers.some((row) => row.customer_id === customer);
    const matters = life.truth.now(customer).some((one) => one.ours);
    if (owner !== null && matters && !bound && !life.unclear.has(customer))
      life.faults.push(`after a walk customer ${customer} of ${owner} is bound to nobody`);
  }
}

async function isBusy(life: Life): Promise<boolean> {
  if (life.letters.some(({ open }) => open) || life.errands.size > 0) return true;
  const [row] = await life.sql<
    { n: number }[]
  >`select count(*)::int as n from webhook_events where outcome is null`;
  return (row?.n ?? 0) > 0;
}
