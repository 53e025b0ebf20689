import type { Effect, Fault, Verdict } from "../effects.ts";
import type { Move, MoveKinds } from "../moves/move.ts";
import { pick } from "../seeded-draws.ts";
import { beginWalk } from "./begin-walk.ts";
import type { Life } from "./life.ts";

const OK: Verdict = { kind: "ok" };
const REQUEST_FAULTS: readonly Fault[] = ["429", "500", "500-bare", "cut", "timeout", "stale"];
const MOST_DRAINED = 40;

/** What becomes of an effect that is let through now: during an outage nothing gets through. */
function verdictNow(life: Life, effect: Effect): Verdict {
  if (effect.kind === "request" && life.outage !== null) {
    life.figures.add("outage: call refused");
    return { kind: "fail", fault: life.outage };
  }
  return OK;
}

async function letThrough(life: Life, effect: Effect | undefined): Promise<void> {
  if (!effect) return;
  life.tell(`  ${effect.server}: ${effect.label}.`);
  life.figures.add(`let through: ${effect.kind}`);
  await life.release(effect, verdictNow(life, effect));
}

/** How an effect of this kind goes wrong. */
function spoil(effect: Effect, fraction: number): Verdict {
  if (effect.kind === "answer") return { kind: "lost" };
  if (effect.kind !== "request") return fraction < 0.5 ? { kind: "fail", fault: "cut" } : { kind: "lost" };
  const isList = effect.label === "GET subscriptions";
  const faults = isList ? REQUEST_FAULTS : REQUEST_FAULTS.slice(0, -1);
  return { kind: "fail", fault: pick(faults, fraction) ?? "500" };
}

const nameOf = (effect: Effect, verdict: Verdict): string => {
  if (verdict.kind === "lost")
    return effect.kind === "answer" ? "Stripe's answer lost" : `${effect.kind} done, answer lost`;
  return effect.kind === "request" && verdict.kind === "fail"
    ? `Stripe ${verdict.fault}`
    : `${effect.kind} cut`;
};

async function crash(life: Life, move: Move): Promise<void> {
  const server = pick(life.processes, move.a);
  if (!server) return;
  const inside = life.effects.parked.find(
    (effect) => effect.server === server.name && effect.kind === "transaction",
  );
  if (inside && move.b < 0.6) {
    const statement = 1 + Math.floor(move.c * 10);
    life.tell(
      `${server.name} is killed inside a transaction, at statement ${statement} or after the commit.`,
    );
    life.figures.add("crash: inside a transaction");
    await life.release(inside, { kind: "die", statement });
  } else {
    life.tell(`${server.name} is killed.`);
    life.figures.add("crash: between effects");
    life.kill(server.name);
  }
  if (life.processes.length < 2) life.startProcess();
}

/** What happens to processes and to what they await. */
export const PROCESS_MOVES: MoveKinds<Life> = {
  // The more is under way the sooner it goes on: else everything begins and nothing ends.
  "effect: let through": {
    weight: (life) => 12 * life.effects.parked.length,
    can: (life) => life.effects.parked.length > 0,
    make: (life, { a }) => letThrough(life, pick(life.effects.parked, a)),
  },
  "effect: all let through": {
    weight: 3,
    can: (life) => life.effects.parked.length > 0,
    async make(life) {
      for (let count = 0; count < MOST_DRAINED && life.effects.parked.length > 0; count++) {
        await letThrough(life, life.effects.parked[0]);
        await life.lookAround();
      }
    },
  },
  "effect: goes wrong": {
    weight: 2.5,
    can: (life) => life.effects.parked.length > 0,
    async make(life, { a, b }) {
      const effect = pick(life.effects.parked, a);
      if (!effect) return;
      const verdict = spoil(effect, b);
      if (effect.kind === "statement" || effect.kind === "transaction") life.databaseFaults += 1;
      life.tell(`  ${effect.server}: ${effect.label}: ${nameOf(effect, verdict)}!`);
      life.figures.add(`fault: ${nameOf(effect, verdict)}`);
      await life.release(effect, verdict);
    },
  },
  "process: crashes": { weight: 0.5, can: (life) => life.processes.length > 0, make: crash },
  "process: begins a walk": {
    weight: 0.08,
    can: (life) => life.processes.length > 0,
    make: (life) => beginWalk(life),
  },
  "stripe: goes down": {
    weight: 0.2,
    can: (life) => life.outage === null,
    make(life, { a }) {
      life.outage = pick(["500", "429", "cut", "timeout"] as const, a) ?? "500";
      life.tell(`Stripe's API goes down (${life.outage}).`);
    },
  },
  "stripe: comes back": {
    weight: 8,
    can: (life) => life.outage !== null,
    make(life) {
      life.outage = null;
      life.tell("Stripe's API is back.");
    },
  },
};
