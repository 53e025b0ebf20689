import type { FastifyInstance } from "fastify";
import type { Running } from "../deps.ts";
import { checkReadiness, type Readiness } from "./readiness.ts";

/** Whoever asks more often gets the same answer, so that asking is no load. */
const BELIEVED_MS = 1_000;

/** `/healthz`: the process answers. `/readyz`: it can do its work, or why not (503). */
export function serveHealth(app: FastifyInstance, running: Pick<Running, "deps" | "vitals">): void {
  const { stopping } = running.vitals;
  let last: { readonly answer: Promise<Readiness>; until: number } | null = null;
  const readiness = (): Promise<Readiness> => {
    if (last !== null && running.deps.clock.wall() < last.until) return last.answer;
    const mine = { answer: checkReadiness(running), until: Number.POSITIVE_INFINITY };
    const answered = (): void => {
      mine.until = running.deps.clock.wall() + BELIEVED_MS;
    };
    mine.answer.then(answered, answered);
    last = mine;
    return mine.answer;
  };
  // A stop is known at once.
  stopping.signal.addEventListener("abort", () => {
    last = null;
  });
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const answer = await readiness();
    return reply
      .code(answer.status === "unavailable" ? 503 : 200)
      .header("cache-control", "no-store")
      .send(answer);
  });
}
