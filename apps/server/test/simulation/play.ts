import type { Move, MoveKind, MoveKinds } from "./moves/move.ts";
import { drawsFrom, weighted } from "./seeded-draws.ts";
import type { Stage } from "./stage.ts";

/** A world: how a life in it begins, what can happen, how it comes to rest and is judged, and how it is left. */
export interface World<S extends Stage> {
  readonly name: "postgres" | "pure";
  readonly moves: MoveKinds<S>;
  begin(seed: number): Promise<S>;
  /** Until all code waits for the next move. */
  settled(stage: S): Promise<void>;
  /** All faults end; after that nothing may be wrong. */
  rest(stage: S, seed: number): Promise<void>;
  end(stage: S): void;
}

/** Which moves come next: drawn, or those of a story that is told again. Null: no more. */
export type Script<S extends Stage> = (stage: S) => Move | null;

export interface Played {
  readonly moves: readonly Move[];
  readonly steps: number;
  readonly story: readonly string[];
  readonly figures: Stage["figures"];
  /** What does not hold; null: everything does. */
  readonly broken: Error | null;
}

/** Draws moves from a seed until so many steps are done. */
export function drawnScript<S extends Stage>({ moves }: World<S>, seed: number, steps: number): Script<S> {
  const draws = drawsFrom(seed);
  const number = (): number => Math.floor(draws.fraction() * 1e6) / 1e6;
  const kinds = Object.entries(moves);
  return (stage) => {
    if (stage.step >= steps) return null;
    const weights: Record<string, number> = {};
    for (const [name, kind] of kinds) if (kind.can(stage)) weights[name] = weightOf(kind, stage);
    return { name: weighted(weights, draws.fraction()), a: number(), b: number(), c: number() };
  };
}

const weightOf = <S extends Stage>({ weight }: MoveKind<S>, stage: S): number =>
  typeof weight === "number" ? weight : weight(stage);

/** The moves of a story, in order; those that have become impossible are left out. */
export function toldScript<S extends Stage>({ moves }: World<S>, told: readonly Move[]): Script<S> {
  const left = [...told];
  return (stage) => {
    for (let move = left.shift(); move; move = left.shift()) if (moves[move.name]?.can(stage)) return move;
    return null;
  };
}

/** Plays one life: the moves, then rest. Never throws for what it finds. */
export async function play<S extends Stage>(
  world: World<S>,
  seed: number,
  script: Script<S>,
): Promise<Played> {
  const stage = await world.begin(seed);
  const moves: Move[] = [];
  let broken: Error | null = null;
  try {
    await world.settled(stage);
    for (let move = script(stage); move; move = script(stage)) {
      moves.push(move);
      stage.figures.add(`move: ${move.name}`);
      await world.moves[move.name]?.make(stage, move);
      await world.settled(stage);
      await stage.lookAround();
    }
    await world.rest(stage, seed);
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
  } finally {
    world.end(stage);
  }
  const { step, story, figures } = stage;
  return { moves, steps: step, story, figures, broken };
}
