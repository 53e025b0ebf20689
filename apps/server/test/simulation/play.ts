import type { Sql } from "@liveassist/db";
import { Figures } from "./figures.ts";
import { Life } from "./life.ts";
import type { Move } from "./moves/move.ts";
import { MOVES } from "./moves.ts";
import { comeToRest, type Recovery } from "./quiet.ts";
import { drawsFrom, weighted } from "./seeded-draws.ts";

/** Which moves come next: drawn, or those of a story that is told again. */
export type Script = (life: Life) => Move | null;

export interface Played {
  readonly moves: readonly Move[];
  readonly steps: number;
  readonly story: readonly string[];
  readonly figures: Figures;
  /** What does not hold; null: everything does. */
  readonly broken: Error | null;
}

const TABLES =
  "users, stripe_customers, subscriptions, webhook_events, xp_events, usage, outbox, checkout_attempts, checkout_return_tokens, app_state";

/** Draws moves from a seed until so many steps are done. */
export function drawnScript(seed: number, steps: number): Script {
  const draws = drawsFrom(seed);
  const number = (): number => Math.floor(draws.fraction() * 1e6) / 1e6;
  return (life) => {
    if (life.step >= steps) return null;
    const possible = Object.entries(MOVES).filter(([, kind]) => kind.can(life));
    const name = weighted(
      Object.fromEntries(possible.map(([key, kind]) => [key, kind.weight])),
      draws.fraction(),
    );
    return { name, a: number(), b: number(), c: number() };
  };
}

/** The moves of a story, in order; those that have become impossible are left out. */
export function toldScript(moves: readonly Move[]): Script {
  const left = [...moves];
  return (life) => {
    for (let move = left.shift(); move; move = left.shift()) if (MOVES[move.name]?.can(life)) return move;
    return null;
  };
}

/** Plays one life on an emptied database: the moves, then quiet. Never throws for what it finds. */
export async function play(sql: Sql, seed: number, script: Script): Promise<Played> {
  await sql.unsafe(`truncate ${TABLES} restart identity cascade`);
  const life = new Life(sql, seed, new Figures());
  const moves: Move[] = [];
  let broken: Error | null = null;
  try {
    await life.begin();
    await life.effects.settled();
    for (let move = script(life); move; move = script(life)) {
      moves.push(move);
      life.figures.add(`move: ${move.name}`);
      await MOVES[move.name]?.make(life, move);
      await life.effects.settled();
      await life.lookAround();
    }
    await comeToRest(life, recoveryOf(seed));
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
  } finally {
    life.end();
  }
  return { moves, steps: life.step, story: life.story, figures: life.figures, broken };
}

const recoveryOf = (seed: number): Recovery => (seed % 2 === 0 ? "letters" : "refresh");
