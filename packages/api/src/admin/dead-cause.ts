import type { deadCause } from "@liveassist/shared/inputs/admin";
import type { z } from "zod";

type DeadCause = z.infer<typeof deadCause>;

/** Why an event was given up on, told by its last error. */
export function causeOf(lastError: string | null): DeadCause {
  if (lastError === null) return "bug";
  return lastError.startsWith("unresolved: ") ? "no_user" : "bug";
}
