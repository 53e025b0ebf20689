import { Broken } from "../checks/broken.ts";
import { checkInbox } from "../checks/check-inbox-at-rest.ts";
import { checkRows } from "../checks/check-rows-at-rest.ts";
import { Figures } from "../figures.ts";
import { SHARED_MOVES } from "../moves/all-moves.ts";
import type { World } from "../play.ts";
import { PURCHASE_MOVES } from "./purchase-moves.ts";
import { PureLife } from "./pure-life.ts";
import { askWhenDue, processInMemory, syncInMemory } from "./work-in-memory.ts";
import { begin, dueCustomers, dueUsers, WORKER_MOVES } from "./worker-moves.ts";

const MOST_ROUNDS = 100;
const RECOVERIES = ["letters", "refresh"] as const;

/** The pure rules over rows in memory. */
export const PURE_WORLD: World<PureLife> = {
  name: "pure",
  moves: { ...PURCHASE_MOVES, ...SHARED_MOVES, ...WORKER_MOVES },
  async begin(seed) {
    const life = new PureLife(seed, new Figures());
    await life.begin();
    return life;
  },
  settled: (life) => life.effects.settled(),
  rest: comeToRest,
  end: (life) => {
    for (const worker of life.workers) life.kill(worker);
  },
};

async function comeToRest(life: PureLife, seed: number): Promise<void> {
  const recovery = RECOVERIES[seed % RECOVERIES.length] ?? "letters";
  life.tell(`All faults end; recovery by ${recovery}.`);
  life.outage = null;
  for (const letter of life.letters) letter.open = recovery === "letters" && !letter.acknowledged;
  await drain(life);
  for (let round = 0; round < 3 || isBusy(life); round++) {
    if (round > MOST_ROUNDS) throw new Broken("after all faults ended it does not come to rest");
    for (const letter of life.letters) if (letter.open) life.deliver(letter, { seal: "good", at: 0 });
    for (const customer of dueCustomers(life))
      begin(life, {
        name: `events of ${customer}`,
        at: 0,
        work: (worker) => processInMemory(life, worker, customer),
      });
    for (const user of dueUsers(life))
      begin(life, { name: `boundary of ${user}`, at: 0, work: (worker) => askWhenDue(life, worker, user) });
    await drain(life);
    life.core.advance(10_000);
    life.stripeMoved = true;
  }
  for (const customer of recovery === "refresh" ? life.tables.customers.keys() : [])
    begin(life, {
      name: `a last look at ${customer}`,
      at: 0,
      work: (worker) => syncInMemory(life, worker, customer),
    });
  await drain(life);
  checkRows(life, life.tables.asRows(0));
  const inbox = [...life.tables.inbox.values()].map(({ facts, outcome, customerId, lastError }) => ({
    event_id: facts.eventId,
    type: facts.type,
    outcome,
    customer_id: customerId,
    last_error: lastError,
  }));
  checkInbox(life, inbox);
  await life.lookAround();
}

const isBusy = (life: PureLife): boolean =>
  life.letters.some(({ open }) => open) || [...life.tables.pending.values()].some((rows) => rows.size > 0);

async function drain(life: PureLife): Promise<void> {
  await life.effects.settled();
  for (let effect = life.effects.parked[0]; effect; effect = life.effects.parked[0]) {
    life.effects.take(effect).settle({ kind: "ok" });
    await life.effects.settled();
    await life.lookAround();
  }
}
