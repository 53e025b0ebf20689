import { syncUserAfresh } from "@liveassist/api";
import { Broken } from "../checks/broken.ts";
import { checkInbox, type InboxRow } from "../checks/check-inbox-at-rest.ts";
import { checkRows } from "../checks/check-rows-at-rest.ts";
import { passTime } from "../moves/time-moves.ts";
import type { Life } from "./life.ts";

/** How what was lost comes in: every letter at last, or none of them and one question per user. */
export type Recovery = "letters" | "refresh";

const MOST_ROUNDS = 120;
const MOST_EFFECTS = 5_000;

/** All faults end, everything under way comes through, and what is true at Stripe must be true here (design I3). */
export async function comeToRest(life: Life, recovery: Recovery): Promise<void> {
  life.tell(`All faults end; recovery by ${recovery}.`);
  life.outage = null;
  if (recovery === "refresh") for (const letter of life.letters) letter.open = false;
  await drain(life);
  // Timers that wait for an answer that never comes give up; leases and retries fall due.
  for (let round = 0; round < 6; round++) await rest(life, 10_000);
  if (recovery === "refresh") refreshAll(life);
  for (let round = 0; (await isBusy(life)) || round < 3; round++) {
    if (round > MOST_ROUNDS) throw new Broken("after all faults ended it does not come to rest");
    for (const letter of life.letters)
      if (letter.open) life.deliver(letter, { seal: "good", at: life.draws.fraction() });
    await rest(life, 5_000);
  }
  await life.lookAround();
  if (life.state.rows) checkRows(life, life.state.rows);
  checkInbox(
    life,
    await life.sql<InboxRow[]>`
    select event_id, type, outcome, customer_id, last_error from webhook_events`,
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

async function isBusy(life: Life): Promise<boolean> {
  if (life.letters.some(({ open }) => open) || life.errands.size > 0) return true;
  const [row] = await life.sql<
    { n: number }[]
  >`select count(*)::int as n from webhook_events where outcome is null`;
  return (row?.n ?? 0) > 0;
}
