import type { Inputs, Outputs } from "@liveassist/api/contract";
import { trpc } from "../../../lib/trpc.ts";
import { useConsoleAction } from "../parts/use-console-action.ts";
import { useConsoleQuery } from "../parts/use-console-query.ts";

export type Cause = Outputs["admin"]["listCauses"]["causes"][number];
type ReplayedDead = Outputs["admin"]["replayDead"];
type ReplayDead = Inputs["admin"]["replayDead"];
export type Assigned = Outputs["admin"]["assignEvent"];

/** What killed events, with how many it killed. */
export function useCauses() {
  const { client } = trpc.useUtils();
  return useConsoleQuery(["causes"], (signal) => client.admin.listCauses.query(undefined, { signal }));
}

/** Works on several dead letters again; the list follows. */
export function useReplayDead(onDone: (replayed: ReplayedDead) => void) {
  const { client } = trpc.useUtils();
  return useConsoleAction((asked: ReplayDead) => client.admin.replayDead.mutate(asked), onDone);
}

/** Says that nothing can be done about dead letters; they leave the list. */
export function useSetAside(onDone: (setAside: number) => void) {
  const { client } = trpc.useUtils();
  return useConsoleAction(
    (eventIds: string[]) => client.admin.setAsideEvents.mutate({ eventIds }),
    ({ set_aside }) => onDone(set_aside),
  );
}

/** Says whose a dead letter is; its customer is theirs from then on. */
export function useAssign(eventId: string, onDone: (assigned: Assigned) => void) {
  const { client } = trpc.useUtils();
  return useConsoleAction((userId: string) => client.admin.assignEvent.mutate({ eventId, userId }), onDone);
}

/** What came of something that was done on the page. */
export interface Said {
  text: string;
  /** Whose story goes on. */
  userId?: string;
}
