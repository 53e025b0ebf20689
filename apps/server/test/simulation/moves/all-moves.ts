import type { Stage } from "../stage.ts";
import type { MoveKinds } from "./move.ts";
import { NETWORK_MOVES } from "./network-moves.ts";
import { OUTSIDE_MOVES } from "./outside-moves.ts";
import { PAGE_MOVES } from "./page-moves.ts";
import { SIGN_UP_MOVES } from "./sign-up-moves.ts";
import { TIME_MOVES } from "./time-moves.ts";

/** What happens in both worlds. */
export const SHARED_MOVES: MoveKinds<Stage> = {
  ...SIGN_UP_MOVES,
  ...PAGE_MOVES,
  ...OUTSIDE_MOVES,
  ...NETWORK_MOVES,
  ...TIME_MOVES,
};
