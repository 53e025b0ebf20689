import type { Tx } from "@liveassist/db";
import type { Deps } from "../deps.ts";

/** Takes the units of a message again, because its failed reply is tried again; throws `IMAGE_DAY_LIMIT`. */
export async function retakeUnits(
  _deps: Deps,
  _tx: Tx,
  _input: { readonly userId: string; readonly messageId: string },
): Promise<void> {
  throw new Error("not built yet");
}
