import Fastify from "fastify";
import { expect, test } from "vitest";
import { createMetrics } from "../adapters/metrics.ts";
import { serveMetrics } from "./metrics.ts";

function serve(access: { token: string | undefined; isOpen: boolean }) {
  const app = Fastify();
  const metrics = createMetrics();
  metrics.count("liveassist_drift_total", { cause: "missing_here" }, 2);
  serveMetrics(app, metrics, access);
  return (authorization?: string) =>
    app.inject({ url: "/metrics", headers: authorization === undefined ? {} : { authorization } });
}

test("on loopback the metrics are open, in Prometheus' text format", async () => {
  const answer = await serve({ token: undefined, isOpen: true })();
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["content-type"]).toContain("text/plain");
  expect(answer.body).toContain('liveassist_drift_total{cause="missing_here"} 2');
});

test.for([
  { given: undefined, status: 401 },
  { given: "Bearer wrong", status: 401 },
  { given: "Bearer ", status: 401 },
  { given: "Basic right", status: 401 },
  { given: "Bearer right", status: 200 },
  { given: "bearer right", status: 200 },
])("elsewhere $given is answered $status", async ({ given, status }) => {
  const answer = await serve({ token: "right", isOpen: false })(given);
  expect(answer.statusCode).toBe(status);
  if (status === 401) {
    expect(answer.json()).toEqual({
      error: "unauthenticated",
      code: "UNAUTHENTICATED",
      message: expect.any(String),
    });
    expect(answer.body).not.toContain("liveassist_");
  }
});

test("without METRICS_TOKEN nobody outside loopback is let in", async () => {
  const ask = serve({ token: undefined, isOpen: false });
  expect((await ask("Bearer undefined")).statusCode).toBe(401);
  expect((await ask()).statusCode).toBe(401);
});
