import type { Deps } from "@liveassist/api";
import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";

/** `/healthz`: the process answers. `/readyz`: it can do its work, which needs the database. */
export function serveHealth(app: FastifyInstance, deps: Deps): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    try {
      await deps.db.execute(sql`select 1`);
      return { status: "ready" };
    } catch (error) {
      deps.log.error({ err: error }, "not ready: the database does not answer");
      return reply.code(503).send({ status: "unavailable", reason: "database" });
    }
  });
}
