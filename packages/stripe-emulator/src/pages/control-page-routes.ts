import type { FastifyInstance, FastifyReply } from "fastify";
import { readRule } from "../chaos/faults.ts";
import { isOwnRequest } from "../control/loopback.ts";
import type { Engine } from "../engine.ts";
import type { FormFields } from "./card-form.ts";
import { controlPage } from "./control-page.ts";
import { notice, sendPage } from "./document.ts";
import { fieldsOf } from "./form-post.ts";

const SAID: Record<string, string> = {
  clock: "Time has passed.",
  deliveries: "Done.",
  added: "From now on this goes wrong.",
  ended: "This no longer goes wrong.",
  calm: "Nothing goes wrong any more.",
};

/** The page `/control`, with the same guard as the control API. */
export function serveControlPage(app: FastifyInstance, engine: Engine): void {
  app.addHook("onRequest", async (request, reply) => {
    if (isOwnRequest(request)) return;
    const text = "This page answers the machine the emulator runs on only.";
    await sendPage(reply, notice({ title: "Not from here", text, status: 403 }));
  });
  app.get<{ Querystring: { done?: string } }>("/control", (request, reply) =>
    sendPage(reply, controlPage(engine, SAID[request.query.done ?? ""] ?? null, null)),
  );
  app.post("/control/clock", async (request, reply) => {
    const { seconds, to } = fieldsOf(request);
    const target = to === undefined ? engine.now() + Number(seconds) * 1000 : Number(to);
    if (Number.isFinite(target) && target >= engine.now()) await engine.advanceTo(target);
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
      return sendPage(reply, controlPage(engine, null, { fields, problem: error.message }));
    }
    return back(reply, "added");
  });
  app.post<{ Params: { id: string } }>("/control/rules/:id/end", (request, reply) => {
    engine.chaos.remove(request.params.id);
    engine.look();
    return back(reply, "ended");
  });
  app.post("/control/calm", (_request, reply) => {
    engine.calm();
    return back(reply, "calm");
  });
}

function back(reply: FastifyReply, done: string): FastifyReply {
  return reply.redirect(`/control?done=${done}#control-status`, 303);
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
