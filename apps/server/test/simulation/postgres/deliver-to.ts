import { receiveEvent } from "@liveassist/api";
import { AppError } from "@liveassist/shared/errors";
import { type Letter, type Seal, sealed } from "../letters.ts";
import { pick } from "../seeded-draws.ts";
import type { Life } from "./life.ts";

/** A delivery arrives at a process. What is not answered 2xx stays with Stripe, which will try again. */
export function deliverTo(life: Life, letter: Letter, { seal, at }: { seal: Seal; at: number }): void {
  const server = pick(life.processes, at);
  if (!server) return;
  letter.attempts += 1;
  letter.triedAt = life.now();
  const how = seal === "good" ? "" : ` with a ${seal.replace("_", " ")} signature or body`;
  life.tell(`Stripe delivers ${letter.type} ${letter.eventId} to ${server.name}${how}.`);
  life.ask(server, `delivery of ${letter.eventId}`, {
    work: ({ deps, store }) => receiveEvent(deps, store, sealed(letter, seal)),
    done() {
      if (seal !== "good")
        life.faults.push(`a delivery with a ${seal} seal was acknowledged: ${letter.type}`);
      letter.acknowledged = true;
      letter.open = false;
    },
    failed(error, databaseFailed) {
      const refused = error instanceof AppError && error.code === "INVALID_SIGNATURE";
      if (refused && seal !== "good") return;
      if (!refused && databaseFailed) return;
      life.faults.push(`a good delivery of ${letter.type} was refused: ${String(error)}`);
    },
  });
}
