import type { FastifyInstance } from "fastify";
import { closeDispute, isOpen, openDispute } from "../billing/disputes.ts";
import type { Engine } from "../engine.ts";
import { bodyOf } from "./json-body.ts";

/** `/_emulator/disputes`: what a cardholder and a bank do. */
export function serveDisputes(app: FastifyInstance, engine: Engine): void {
  app.post("/_emulator/disputes", (request) => {
    const { charge, reason, inquiry } = bodyOf(request);
    return disputeCharge(engine, String(charge), {
      reason: typeof reason === "string" ? reason : "fraudulent",
      inquiry: inquiry === true,
    });
  });
  app.post<{ Params: { id: string } }>("/_emulator/disputes/:id/close", (request) => {
    const { outcome } = bodyOf(request);
    if (outcome !== "won" && outcome !== "lost") throw new RangeError('Send {outcome: "won" | "lost"}.');
    return decideDispute(engine, request.params.id, outcome);
  });
}

/** The cardholder disputes a charge. Throws a RangeError when there is nothing to dispute. */
export function disputeCharge(
  engine: Engine,
  id: string,
  why: { reason: string; inquiry: boolean },
): { id: string } {
  const charge = engine.store.get("charges", id);
  if (charge?.status !== "succeeded") throw new RangeError(`There is no paid charge ${id}.`);
  if (charge.disputed) throw new RangeError(`${id} is disputed already.`);
  const dispute = openDispute(engine.world, charge, why);
  engine.store.commit();
  engine.look();
  return dispute;
}

/** The bank decides. Throws a RangeError when there is nothing to decide. */
export function decideDispute(engine: Engine, id: string, outcome: "won" | "lost"): { id: string } {
  const dispute = engine.store.get("disputes", id);
  if (dispute === undefined || !isOpen(dispute)) throw new RangeError(`There is no open dispute ${id}.`);
  const closed = closeDispute(engine.world, dispute, outcome);
  engine.store.commit();
  engine.look();
  return closed;
}
