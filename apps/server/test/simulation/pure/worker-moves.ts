import type { Effect, Verdict } from "../effects.ts";
import type { Move, MoveKinds } from "../moves/move.ts";
import { pick } from "../seeded-draws.ts";
import type { PureLife } from "./pure-life.ts";
import { askWhenDue, processInMemory, syncInMemory } from "./work-in-memory.ts";

interface Piece {
  readonly name: string;
  /** Which worker, in [0, 1). */
  readonly at: number;
  readonly work: (worker: string) => Promise<void>;
}

/** Starts a piece of work; the same one is not started twice by one worker. */
export function begin(life: PureLife, { name, at, work }: Piece): void {
  const worker = pick(life.workers, at);
  if (!worker) return;
  const errand = `${worker}: ${name}`;
  if (life.errands.has(errand)) return;
  life.errands.add(errand);
  life.tell(`${errand}.`);
  const end = (): void => {
    life.errands.delete(errand);
  };
  work(worker).then(end, (error: unknown) => {
    if (error instanceof TypeError) life.faults.push(`${name} stumbled: ${error.stack}`);
    end();
  });
}

export const dueCustomers = (life: PureLife): string[] =>
  [...life.tables.pending].flatMap(([customer, rows]) =>
    [...rows].some((row) => row.nextAttemptAt.getTime() <= life.now()) ? customer : [],
  );
export const dueUsers = (life: PureLife): string[] =>
  [...life.tables.users.values()].flatMap(({ id, checkAt }) => (checkAt && +checkAt <= life.now() ? id : []));

async function letThrough(life: PureLife, effect: Effect | undefined): Promise<void> {
  if (!effect) return;
  life.figures.add(`let through: ${effect.kind}`);
  life.tell(`  ${effect.server}: ${effect.label}.`);
  const isRefused = effect.kind === "request" && life.outage !== null;
  if (isRefused) life.figures.add("outage: call refused");
  const verdict: Verdict = isRefused ? { kind: "fail", fault: "500" } : { kind: "ok" };
  life.effects.take(effect).settle(verdict);
}

async function goWrong(life: PureLife, { a, b }: Move): Promise<void> {
  const effect = pick(life.effects.parked, a);
  if (!effect) return;
  const isList = effect.label === "GET subscriptions";
  const verdict: Verdict =
    effect.kind === "answer" || (effect.kind !== "request" && b < 0.5)
      ? { kind: "lost" }
      : { kind: "fail", fault: isList && b < 0.5 ? "stale" : "500" };
  const how = verdict.kind === "fail" ? verdict.fault : verdict.kind;
  life.figures.add(`fault: ${effect.kind} ${how}`);
  life.tell(`  ${effect.server}: ${effect.label}: ${how}!`);
  life.effects.take(effect).settle(verdict);
}

/** What workers do, and what happens to them. */
export const WORKER_MOVES: MoveKinds<PureLife> = {
  "effect: let through": {
    weight: (life) => 12 * life.effects.parked.length,
    can: (life) => life.effects.parked.length > 0,
    make: (life, { a }) => letThrough(life, pick(life.effects.parked, a)),
  },
  "effect: goes wrong": { weight: 2.5, can: (life) => life.effects.parked.length > 0, make: goWrong },
  "worker: takes a customer": {
    weight: 10,
    can: (life) => dueCustomers(life).length > 0,
    make(life, { a, b }) {
      const customer = pick(dueCustomers(life), a) ?? "";
      begin(life, {
        name: `events of ${customer}`,
        at: b,
        work: (worker) => processInMemory(life, worker, customer),
      });
    },
  },
  "worker: asks at a boundary": {
    weight: 4,
    can: (life) => dueUsers(life).length > 0,
    make(life, { a, b }) {
      const user = pick(dueUsers(life), a) ?? "";
      begin(life, { name: `boundary of ${user}`, at: b, work: (worker) => askWhenDue(life, worker, user) });
    },
  },
  "person: reads and asks": {
    weight: 2,
    can: (life) => life.tables.customers.size > 0,
    make(life, { a, b }) {
      const customer = pick([...life.tables.customers.keys()], a) ?? "";
      begin(life, {
        name: `a read of ${customer}`,
        at: b,
        work: (worker) => syncInMemory(life, worker, customer),
      });
    },
  },
  "process: crashes": {
    weight: 0.5,
    can: () => true,
    make(life, { a }) {
      const worker = pick(life.workers, a);
      if (worker) life.kill(worker);
      life.tell(`${worker} is killed.`);
      life.startWorker();
    },
  },
  "stripe: goes down": {
    weight: 0.2,
    can: (life) => life.outage === null,
    make(life) {
      life.outage = "500";
      life.tell("Stripe's API goes down.");
    },
  },
  "stripe: comes back": {
    weight: 6,
    can: (life) => life.outage !== null,
    make(life) {
      life.outage = null;
      life.tell("Stripe's API is back.");
    },
  },
};
