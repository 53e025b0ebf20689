import type { Outputs } from "@liveassist/api/contract";
import type { UseQueryResult } from "@tanstack/react-query";
import { trpc } from "../../../lib/trpc.ts";
import { useConsoleQuery } from "./use-console-query.ts";

/** How things are now; the navigation and the overview share the answer. */
export function useIndicators(): UseQueryResult<Outputs["operations"]["readIndicators"]> {
  const { client } = trpc.useUtils();
  return useConsoleQuery(["indicators"], (signal) =>
    client.operations.readIndicators.query(undefined, { signal }),
  );
}
