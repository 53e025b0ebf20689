import type { FastifyInstance } from "fastify";
import { readRule } from "../chaos/faults.ts";
import type { Engine } from "../engine.ts";
import { bodyOf } from "./json-body.ts";

/** `/_emulator/chaos`: what goes wrong, how often, and how often it did. */
export function serveChaos(app: FastifyInstance, engine: Engine): void {
  const { chaos, deliveries } = engine;
  app.get("/_emulator/chaos", () => chaos.read());
  app.post("/_emulator/chaos", (request) => {
    const { seed, rules } = bodyOf(request);
    if (!Array.isArray(rules)) throw new RangeError("Send {rules: [{fault, …}, …], seed?}.");
    if (seed !== undefined && !Number.isSafeInteger(seed))
      throw new RangeError("seed must be a whole number.");
    chaos.set({ rules: rules.map(readRule), ...(typeof seed === "number" && { seed }) });
    engine.look();
    return chaos.read();
  });
  app.post("/_emulator/chaos/rules", (request) => {
    chaos.add(readRule(bodyOf(request)));
    return chaos.read();
  });
  app.delete<{ Params: { id: string } }>("/_emulator/chaos/rules/:id", (request) => {
    if (!chaos.remove(request.params.id)) throw new RangeError(`There is no rule ${request.params.id}.`);
    engine.look();
    return chaos.read();
  });
  app.post("/_emulator/chaos/release", () => {
    deliveries.release();
    engine.look();
    return { released: true };
  });
  app.delete("/_emulator/chaos", () => {
    engine.calm();
    return chaos.read();
  });
}
