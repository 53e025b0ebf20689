import type { FastifyInstance, FastifyReply } from "fastify";
import { startAdvance } from "../billing/test-clock.ts";
import { readRule } from "../chaos/faults.ts";
import { LONGEST_ADVANCE } from "../clock.ts";
import { isOwnRequest } from "../control/loopback.ts";
import type { Engine } from "../engine.ts";
import type { FormFields } from "./card-form.ts";
import { controlPage } from "./control-page.ts";
import { notice, sendPage } from "./document.ts";
import { eventPage } from "./event-list.ts";
import { fieldsOf, inOneStep } from "./form-post.ts";

const SAID: Record<string, string> = {
  clock: "Time has passed.",
  deliveries: "Done.",
  added: "From now on this goes wrong.",
  ended: "This no longer goes wrong.",
  calm: "Nothing goes wrong any more.",
  resent: "Sent again.",
  snapshot: "Kept.",
  restored: "Everything is as it was then.",
  forgotten: "The snapshot is gone.",
  reset: "Everything is forgotten.",
};

interface Control {
  engine: Engine;
  reset: () => void;
  restore: (id: string) => void;
}
type ById = { Params: { id: string }; Querystring: { done?: string } };

/** The page `/control`, with the same guard as the control API. */
export function serveControlPage(app: FastifyInstance, { engine, reset, restore }: Control): void {
  app.addHook("onRequest", async (request, reply) => {
    if (isOwnRequest(request)) return;
    const text = "This page answers the machine the emulator runs on only.";
    await sendPage(reply, notice({ title: "Not from here", text, status: 403 }));
  });
  app.get<{ Querystring: { done?: string; status?: string } }>("/control", (request, reply) => {
    const { done, status } = request.query;
    return sendPage(reply, controlPage(engine, { said: SAID[done ?? ""] ?? null, refused: null, status }));
  });
  app.post("/control/clock", async (request, reply) => {
    const { seconds, to, until } = fieldsOf(request);
    const wished = until === undefined ? Number(to) : Date.parse(`${until}Z`);
    const target = seconds === undefined ? wished : engine.now() + Number(seconds) * 1000;
    const ahead = target - engine.now();
    if (ahead >= 0 && ahead <= LONGEST_ADVANCE) await engine.advanceTo(target);
    return back(reply, "clock");
  });
  app.post("/control/deliveries", (request, reply) => {
    const wish = fieldsOf(request)["do"];
    if (wish === "release") engine.deliveries.release();
    else engine.deliveries.hold = wish === "hold";
    engine.look();
    return back(reply, "deliveries");
  });
  app.post("/control/rules", (request, reply) => {
    const fields = fieldsOf(request);
    try {
      engine.chaos.add(readRule(ruleOf(fields)));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const refused = { fields, problem: error.message };
      return sendPage(reply, controlPage(engine, { said: null, refused, status: undefined }));
    }
    return back(reply, "added");
  });
  app.post<ById>("/control/rules/:id/end", (request, reply) => {
    engine.chaos.remove(request.params.id);
    engine.look();
    return back(reply, "ended");
  });
  app.post("/control/calm", (_request, reply) => {
    engine.calm();
    return back(reply, "calm");
  });
  app.post("/control/reset", (_request, reply) => {
    reset();
    return back(reply, "reset");
  });
  serveEvents(app, engine);
  serveState(app, { engine, reset, restore });
}

function serveEvents(app: FastifyInstance, engine: Engine): void {
  app.get<ById>("/control/events/:id", (request, reply) =>
    sendPage(reply, eventPage(engine, request.params.id, SAID[request.query.done ?? ""] ?? null)),
  );
  app.post<ById>("/control/events/:id/resend", async (request, reply) => {
    const { id } = request.params;
    if (engine.store.get("events", id) === undefined) return sendPage(reply, eventPage(engine, id, null));
    await engine.deliveries.resend(id, fieldsOf(request)["endpoint"]);
    return reply.redirect(`/control/events/${id}?done=resent`, 303);
  });
}

function serveState(app: FastifyInstance, { engine, restore }: Control): void {
  app.post<ById>("/control/test-clocks/:id", async (request, reply) => {
    const clock = engine.store.get("testClocks", request.params.id);
    const seconds = Number(fieldsOf(request)["seconds"]);
    if (clock?.status === "ready" && seconds > 0) {
      inOneStep(engine, () => startAdvance(engine.world, clock.id, clock.frozen_time + seconds));
      await engine.settled();
    }
    return back(reply, "clock", "test-clocks");
  });
  app.post("/control/snapshots", (request, reply) => {
    engine.snapshot(fieldsOf(request)["snapshot-name"]?.trim() || null);
    return back(reply, "snapshot", "state");
  });
  app.post<ById>("/control/snapshots/:id", (request, reply) => {
    const { id } = request.params;
    const isKnown = engine.store.get("snapshots", id) !== undefined;
    const wish = fieldsOf(request)["do"];
    if (isKnown && wish === "restore") restore(id);
    if (isKnown && wish === "forget") engine.forgetSnapshot(id);
    return back(reply, wish === "restore" ? "restored" : "forgotten", "state");
  });
}

function back(reply: FastifyReply, done: string, place = "control-status"): FastifyReply {
  return reply.redirect(`/control?done=${done}#${place}`, 303);
}

function ruleOf(fields: FormFields): Record<string, unknown> {
  const rule: Record<string, unknown> = { fault: fields["fault"] };
  const typed = (name: string) => (fields[name] ?? "").trim().replace(",", ".");
  const percent = Number(typed("percent"));
  if (!(percent >= 0 && percent <= 100)) throw new RangeError("How often: a number from 0 to 100.");
  if (typed("percent") !== "") rule["probability"] = percent / 100;
  if (typed("next") !== "") rule["next"] = Number(typed("next"));
  if (typed("ms") !== "") rule["ms"] = Number(typed("ms"));
  const only = (fields["only"] ?? "").split(",").map((entry) => entry.trim());
  if (only.some((entry) => entry !== "")) rule["only"] = only.filter((entry) => entry !== "");
  return rule;
}
