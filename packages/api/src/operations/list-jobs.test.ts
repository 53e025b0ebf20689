import { afterEach, beforeEach, expect, test } from "vitest";
import { MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor } from "../deps.ts";
import { forgetServer } from "./forget-server.ts";
import { reportServer, type ServerReport } from "./report-server.ts";

let world: TestWorld;
let admin: Actor;
let start: number;
beforeEach(async () => {
  world = await openWorld();
  admin = await world.user("admin");
  start = world.clock.wall();
});
afterEach(() => world.close());

type Reported = Partial<ServerReport["jobs"][number]>;

const report = (jobs: Record<string, Reported>, serverId = "server_1") =>
  reportServer(
    { ...world.deps, serverId },
    {
      startedAt: start,
      sockets: 3,
      tailLagMs: 12.5,
      stripeOkAt: start,
      stripeFailedAt: null,
      stripeFailingSince: null,
      jobs: Object.entries(jobs).map(([job, pulse]) => ({
        job,
        everyMs: 1_000,
        startedAt: start,
        runningSince: null,
        lastSuccessAt: world.clock.wall(),
        lastFailureAt: null,
        lastError: null,
        ...pulse,
      })),
    },
  );
const list = async () => (await world.as(admin).operations.listJobs()).jobs;
const restart = (job: string) => world.as(admin).operations.restartJob({ job });

test("a healthy, a failing, a hung and a late job are told apart", async () => {
  world.clock.advance(5 * MINUTE);
  await report({
    healthy: {},
    failing: { lastSuccessAt: start + MINUTE, lastFailureAt: start + 5 * MINUTE, lastError: "refused" },
    hung: { lastSuccessAt: start, runningSince: start + 2 * MINUTE },
    never: { lastSuccessAt: null },
  });
  expect(await list()).toMatchObject([
    { job: "failing", state: "failing", lag_seconds: 239, last_error: "refused", server_id: "server_1" },
    { job: "healthy", state: "ok", lag_seconds: 0, last_error: null, running_since: null, every_ms: 1_000 },
    { job: "hung", state: "hung", lag_seconds: 299, last_success_at: new Date(start).toISOString() },
    { job: "never", state: "ok", lag_seconds: 299, last_success_at: null },
  ]);
});

test("each living server has its own line; one that fell silent for a minute or said goodbye has none", async () => {
  await report({ mailer: {} }, "silent");
  world.clock.advance(MINUTE);
  await report({ mailer: {} }, "here");
  await report({ mailer: {} }, "leaving");
  await forgetServer({ ...world.deps, serverId: "leaving" });
  expect((await list()).map(({ server_id }) => server_id)).toEqual(["here"]);
  expect(await restart("mailer")).toEqual({ asked: 1 });
  expect(await report({ mailer: {} }, "silent")).toEqual([]);
});

test("a wish is shown until each server has heard it, once", async () => {
  const jobs = { mailer: {}, reconciler: {} };
  for (const server of ["one", "two"]) await report(jobs, server);
  expect(await restart("mailer")).toEqual({ asked: 2 });
  expect((await list()).map(({ job, restart_asked_at }) => [job, restart_asked_at])).toEqual([
    ["mailer", new Date(start).toISOString()],
    ["mailer", new Date(start).toISOString()],
    ["reconciler", null],
    ["reconciler", null],
  ]);
  expect(await report(jobs, "one")).toEqual(["mailer"]);
  expect(await report(jobs, "one")).toEqual([]);
  expect((await list()).filter(({ restart_asked_at }) => restart_asked_at !== null)).toHaveLength(1);
  expect(await report(jobs, "two")).toEqual(["mailer"]);
});

test("an unknown job is not found, and only admins may ask", async () => {
  await report({ mailer: {} });
  await expect(restart("millwright")).rejects.toMatchObject({ cause: { code: "NOT_FOUND" } });
  const anybody = world.as(await world.user());
  await expect(anybody.operations.listJobs()).rejects.toMatchObject({ cause: { code: "FORBIDDEN" } });
  await expect(anybody.operations.restartJob({ job: "mailer" })).rejects.toMatchObject({
    cause: { code: "FORBIDDEN" },
  });
});
