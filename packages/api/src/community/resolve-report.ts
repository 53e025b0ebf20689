import type { resolveReportInput } from "@liveassist/shared/inputs/community";
import type { doneOutput } from "@liveassist/shared/inputs/liveassist";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** Resolves. */
export async function resolveReport(
  _deps: Deps,
  _actor: Actor,
  _input: z.output<typeof resolveReportInput>,
): Promise<z.output<typeof doneOutput>> {
  throw new Error("not built yet");
}
