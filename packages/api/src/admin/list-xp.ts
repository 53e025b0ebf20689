import { AppError } from "@liveassist/shared/errors";
import type { listXpInput, xpLedgerOutput } from "@liveassist/shared/inputs/operations";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/** The XP ledger, newest first. */
export async function listXp(
  _deps: Deps,
  _actor: Actor,
  _input: z.infer<typeof listXpInput>,
): Promise<z.infer<typeof xpLedgerOutput>> {
  throw new AppError("INTERNAL", "not built yet");
}
