import type { Inputs, Outputs } from "@liveassist/api/contract";
import { trpc } from "../../../lib/trpc.ts";
import { orNone } from "../or-none.ts";
import { useConsoleAction } from "../parts/use-console-action.ts";
import { useConsoleList } from "../parts/use-console-list.ts";
import { useConsoleQuery } from "../parts/use-console-query.ts";

export type LedgerEvent = Outputs["admin"]["listEvents"]["events"][number];
export type WholeEvent = Outputs["admin"]["readEvent"];
export type EventFilters = Omit<Inputs["admin"]["listEvents"], "cursor" | "limit">;
export type Replayed = Outputs["admin"]["replayEvent"]["outcome"];

/** The ledger, newest first. */
export function useEvents(filters: EventFilters, limit = 50) {
  const { client } = trpc.useUtils();
  return useConsoleList({
    about: ["events", filters, limit],
    ask: (cursor, signal) =>
      client.admin.listEvents.query({ ...filters, limit, ...(cursor ? { cursor } : {}) }, { signal }),
    rows: ({ events }) => events,
    idOf: ({ event_id }) => event_id,
  });
}

/** One event with everything about it; null when there is none. */
export function useEvent(eventId: string) {
  const { client } = trpc.useUtils();
  return useConsoleQuery<WholeEvent | null>(["event", eventId], (signal) =>
    orNone(client.admin.readEvent.query({ eventId }, { signal })),
  );
}

/** Works on an event again, whatever became of it. */
export function useReplay(onDone: (outcome: Replayed) => void) {
  const { client } = trpc.useUtils();
  return useConsoleAction(
    (eventId: string) => client.admin.replayEvent.mutate({ eventId }),
    ({ outcome }) => onDone(outcome),
  );
}
