import type { Deps } from "@liveassist/api";
import { sql } from "drizzle-orm";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../../../packages/api/test/support/test-deps.ts";
import { SWEEP_JOB, TAIL_JOB } from "../jobs/names.ts";
import { createVitals, noteStripe, type Vitals } from "../vitals.ts";
import { serveHealth } from "./health.ts";
import type { Readiness } from "./readiness.ts";

let world: TestWorld;
let vitals: Vitals;
let app: FastifyInstance;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => {
  vitals = createVitals();
  for (const job of [SWEEP_JOB, TAIL_JOB, "mailer"]) seen(job, {});
  app = Fastify();
});
afterEach(() => app.close());
afterAll(() => world.close());

/** A job that succeeded so many milliseconds ago. */
function seen(
  job: string,
  { succeeded = 500, since = null }: { succeeded?: number; since?: number | null },
): void {
  const wall = world.clock.wall();
  const pulse = { startedAt: wall - 1_000_000, lastFailureAt: null, lastError: null };
  vitals.jobs.set(job, {
    everyMs: 1_000,
    read: () => ({
      ...pulse,
      lastSuccessAt: wall - succeeded,
      runningSince: since === null ? null : wall - since,
    }),
    restart: () => {},
  });
}

async function ask(db: Deps["db"] = world.deps.db): Promise<{ status: number; body: Readiness }> {
  serveHealth(app, { deps: { ...world.deps, db }, vitals });
  return again();
}
async function again(): Promise<{ status: number; body: Readiness }> {
  const answer = await app.inject("/readyz");
  return { status: answer.statusCode, body: answer.json() as Readiness };
}

test("a server that has what it needs is ready, and says by what figures", async () => {
  noteStripe(vitals, "ok", world.clock.wall() - 7_000);
  const { status, body } = await ask();
  expect([status, body.status]).toEqual([200, "ready"]);
  expect(body.checks).toEqual({
    database: { ok: true, ms: expect.any(Number) },
    migrations: { ok: true, applied: expect.any(Number), expected: expect.any(Number) },
    jobs: { ok: true, late: [] },
    stripe: { ok: true, last_success_age_seconds: 7 },
    tail: { ok: true, lag_ms: 0 },
    stopping: false,
  });
});

test.each<[string, () => void, Partial<Record<keyof Readiness["checks"], unknown>>]>([
  [
    "without Stripe",
    () => {
      noteStripe(vitals, "ok", world.clock.wall() - 9_000_000);
      noteStripe(vitals, "unavailable", world.clock.wall());
    },
    { stripe: { ok: false, last_success_age_seconds: 9_000 } },
  ],
  [
    "with a job that hangs",
    () => seen("mailer", { since: 61_000 }),
    { jobs: { ok: false, late: ["mailer"] } },
  ],
  [
    "with a job that is late",
    () => seen("mailer", { succeeded: 62_000 }),
    { jobs: { ok: false, late: ["mailer"] } },
  ],
  [
    "with a tail that is a little late",
    () => seen(TAIL_JOB, { succeeded: 30_000 }),
    { tail: { ok: true, lag_ms: 29_000 } },
  ],
])("%s it stays in service", async (_what, arrange, checks) => {
  arrange();
  const { status, body } = await ask();
  expect(status).toBe(200);
  expect(body.status).toBe(body.checks.jobs.ok && body.checks.stripe.ok ? "ready" : "degraded");
  expect(body.checks).toMatchObject(checks);
});

test.each<[string, () => void]>([
  ["whose sync is stuck", () => seen(SWEEP_JOB, { succeeded: 31_001 })],
  ["whose tail is stuck", () => seen(TAIL_JOB, { succeeded: 31_001 })],
  ["that stops", () => vitals.stopping.abort()],
])("a server %s is not ready", async (_what, arrange) => {
  arrange();
  const { status, body } = await ask();
  expect([status, body.status]).toEqual([503, "unavailable"]);
});

test("a stop is known at once, whatever was said before", async () => {
  expect((await ask()).status).toBe(200);
  vitals.stopping.abort();
  expect(await again()).toMatchObject({ status: 503, body: { checks: { stopping: true } } });
});

test("a database that lacks a migration is not ready, and a newer one is", async () => {
  const newest = sql`(select max(created_at) from drizzle.__drizzle_migrations)`;
  await world.deps.db.execute(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('new', ${newest} + 1)`,
  );
  const newer = await ask();
  expect(newer.status).toBe(200);
  const { applied, expected } = newer.body.checks.migrations as { applied: number; expected: number };
  expect(applied).toBe(expected + 1);
  await app.close();
  app = Fastify();
  await world.deps.db.transaction(async (tx) => {
    await tx.execute(sql`delete from drizzle.__drizzle_migrations where created_at >= ${newest} - 1`);
    expect(await ask(tx as unknown as Deps["db"])).toMatchObject({
      status: 503,
      body: { checks: { database: { ok: true }, migrations: { ok: false } } },
    });
  });
});

test("a database that never answers is waited for two seconds, by one question for all who ask", async () => {
  let asked = 0;
  const execute = (): Promise<never> => {
    asked += 1;
    return new Promise(() => {});
  };
  const silent = { execute } as unknown as Deps["db"];
  const since = performance.now();
  const answers = await Promise.all([ask(silent), ...Array.from({ length: 20 }, again)]);
  expect(performance.now() - since).toBeLessThan(4_000);
  for (const { status, body } of answers)
    expect([status, body.checks.database.ok, body.checks.migrations.ok]).toEqual([503, false, false]);
  expect((await again()).status).toBe(503);
  expect(asked).toBe(2);
});
