import { Figures } from "./figures.ts";
import { drawnScript, type Played, play, toldScript, type World } from "./play.ts";
import { shrink } from "./shrink.ts";
import type { Stage } from "./stage.ts";

/** A life has so many steps before its quiet: enough for some purchases, short enough to be told. */
const LIFE = 1_200;
const TRIES = 250;
const SHRINK_MS = 60_000;

export interface Run {
  readonly steps: number;
  readonly lives: number;
  readonly figures: Figures;
  /** Seed, what broke, and the shortest story that breaks; null: nothing did. */
  readonly failure: string | null;
}

export interface RunOptions {
  readonly seed: number;
  readonly steps: number;
  /** Heard now and then. */
  readonly onProgress?: (steps: number, lives: number) => void;
}

/** Plays one life after the other, each with a seed of its own, until so many steps are done or something breaks. */
export async function runLives<S extends Stage>(
  world: World<S>,
  { seed, steps, onProgress }: RunOptions,
): Promise<Run> {
  const figures = new Figures();
  let done = 0;
  for (let lives = 0; done < steps; lives++) {
    const own = seed + lives;
    const length = Math.min(LIFE, steps - done);
    const played = await play(world, own, drawnScript(world, own, length));
    figures.addAll(played.figures);
    done += played.steps;
    if (played.broken) {
      const failure = await explain(world, { seed: own, length, played });
      return { steps: done, lives: lives + 1, figures, failure };
    }
    onProgress?.(done, lives + 1);
    if (done >= steps) return { steps: done, lives: lives + 1, figures, failure: null };
  }
  return { steps: done, lives: 0, figures, failure: null };
}

async function explain<S extends Stage>(
  world: World<S>,
  told: { seed: number; length: number; played: Played },
): Promise<string> {
  const { seed, length, played } = told;
  const until = performance.now() + SHRINK_MS;
  const stillBroken = async (moves: Played["moves"]): Promise<boolean> =>
    performance.now() < until && (await play(world, seed, toldScript(world, moves))).broken !== null;
  const moves = await shrink(played.moves, { stillBroken, tries: TRIES });
  const shortest = await play(world, seed, toldScript(world, moves));
  const last = shortest.broken ? shortest : played;
  const { broken } = last;
  return [
    `${broken?.name}: ${broken?.message}`,
    `Again: npm run simulate -- --world ${world.name} --seed ${seed} --steps ${length}`,
    `The story, shrunk from ${played.moves.length} to ${moves.length} moves:`,
    ...last.story.map((line) => `  ${line}`),
    ...(broken?.name === "Broken" ? [] : [broken?.stack ?? ""]),
  ].join("\n");
}
