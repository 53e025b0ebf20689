import type { MoveKinds } from "./moves/move.ts";
import { NETWORK_MOVES } from "./moves/network-moves.ts";
import { OUTSIDE_MOVES } from "./moves/outside-moves.ts";
import { PAGE_MOVES } from "./moves/page-moves.ts";
import { PEOPLE_MOVES } from "./moves/people-moves.ts";
import { PROCESS_MOVES } from "./moves/process-moves.ts";
import { TIME_MOVES } from "./moves/time-moves.ts";

/** Everything that can happen. */
export const MOVES: MoveKinds = {
  ...PEOPLE_MOVES,
  ...PAGE_MOVES,
  ...OUTSIDE_MOVES,
  ...NETWORK_MOVES,
  ...PROCESS_MOVES,
  ...TIME_MOVES,
};
