import type { FastifyInstance, FastifyRequest } from "fastify";
import { attemptsOf, DELIVERY_STATUSES, filterDeliveries } from "../delivery/attempts.ts";
import type { Engine } from "../engine.ts";
import { bodyOf, textsOf } from "./json-body.ts";

/** `/_emulator/deliveries`: what is on its way, what became of it, and each attempt; by hand what else goes by itself. */
export function serveDeliveries(app: FastifyInstance, engine: Engine): void {
  const { deliveries, store } = engine;
  app.get("/_emulator/deliveries", (request) => ({
    hold: deliveries.hold,
    deliveries: filterDeliveries(store, filterOf(request)),
  }));
  app.get<{ Params: { id: string } }>("/_emulator/deliveries/:id", ({ params: { id } }) => {
    const delivery = store.get("deliveries", id);
    if (delivery === undefined) throw new RangeError(`There is no delivery ${id}.`);
    return { ...delivery, log: attemptsOf(store, id) };
  });
  app.post("/_emulator/deliveries", (request) => {
    const { hold } = bodyOf(request);
    if (typeof hold !== "boolean") throw new RangeError("Send {hold: true} or {hold: false}.");
    deliveries.hold = hold;
    engine.look();
    return { hold };
  });
  app.post("/_emulator/deliveries/send", async (request) => {
    const events = textsOf(bodyOf(request)["events"]);
    const statuses: (number | null)[][] = [];
    for (const event of events) statuses.push(await deliveries.deliver(event));
    return { statuses };
  });
  app.post("/_emulator/deliveries/resend", async (request) => {
    const { event, endpoint } = bodyOf(request);
    if (typeof event !== "string") throw new RangeError("Send {event, endpoint?}.");
    return { statuses: await deliveries.resend(event, typeof endpoint === "string" ? endpoint : undefined) };
  });
  app.post("/_emulator/deliveries/drop", (request) => {
    const events = textsOf(bodyOf(request)["events"]);
    for (const event of events) deliveries.drop(event);
    return { dropped: events.length };
  });
}

function filterOf(request: FastifyRequest): Parameters<typeof filterDeliveries>[1] {
  const { event, endpoint, status } = request.query as Record<string, string | undefined>;
  const known = DELIVERY_STATUSES.find((one) => one === status);
  if (status !== undefined && known === undefined)
    throw new RangeError(`status must be one of ${DELIVERY_STATUSES.join(", ")}.`);
  return { event, endpoint, status: known };
}
