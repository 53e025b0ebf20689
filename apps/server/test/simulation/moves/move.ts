import { pick } from "../seeded-draws.ts";
import type { Person, Stage } from "../stage.ts";

/** One thing that happens. The numbers in [0, 1) choose whom and what, so that a move means something in any story. */
export interface Move {
  readonly name: string;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** A kind of move: how often it is chosen, when it can be, and what it does. */
export interface MoveKind<S extends Stage> {
  readonly weight: number | ((stage: S) => number);
  can(stage: S): boolean;
  make(stage: S, move: Move): void | Promise<void>;
}

export type MoveKinds<S extends Stage> = Readonly<Record<string, MoveKind<S>>>;

/** The person a move is about. */
export const personOf = (stage: Stage, move: Move): Person | undefined => pick(stage.people, move.a);
