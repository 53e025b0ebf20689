import type { FastifyInstance } from "fastify";
import type { Vitals } from "../vitals.ts";

/** Counts requests that are not answered yet, and asks clients of a server that stops not to use their connection again. */
export function countRequests(app: FastifyInstance, vitals: Vitals): void {
  app.server.on("request", (_request, response) => {
    vitals.requests += 1;
    response.once("close", () => {
      vitals.requests -= 1;
    });
  });
  app.addHook("onRequest", async (_request, reply) => {
    if (vitals.stopping.signal.aborted) void reply.header("connection", "close");
  });
}
