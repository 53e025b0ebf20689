import type { Life, Person } from "../life.ts";
import { pick } from "../seeded-draws.ts";

/** One thing that happens. The numbers in [0, 1) choose whom and what, so that a move means something in any story. */
export interface Move {
  readonly name: string;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** A kind of move: how often it is chosen, when it can be, and what it does. */
export interface MoveKind {
  readonly weight: number;
  can(life: Life): boolean;
  make(life: Life, move: Move): void | Promise<void>;
}

export type MoveKinds = Readonly<Record<string, MoveKind>>;

/** The person a move is about. */
export const personOf = (life: Life, move: Move): Person | undefined => pick(life.people, move.a);

/** The process a request of this move arrives at. */
export const processOfMove = (life: Life, fraction: number) => pick(life.processes, fraction);
