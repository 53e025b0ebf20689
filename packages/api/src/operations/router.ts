import {
  actionsOutput,
  chartsInput,
  chartsOutput,
  incidentsOutput,
  indicatorsOutput,
  jobsOutput,
  listActionsInput,
  listIncidentsInput,
  restartJobInput,
  restartJobOutput,
} from "@liveassist/shared/inputs/operations";
import { z } from "zod";
import { adminProcedure, router } from "../trpc.ts";
import { listActions } from "./list-actions.ts";
import { listIncidents } from "./list-incidents.ts";
import { listJobs } from "./list-jobs.ts";
import { readCharts } from "./read-charts.ts";
import { readIndicators } from "./read-indicators.ts";
import { restartJob } from "./restart-job.ts";

const nothing = z.strictObject({}).optional();

/** For operators: how the whole installation is doing, and what was done about it. */
export const operationsRouter = router({
  readIndicators: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/indicators/read" },
      summary: "How things are now, against what they should be",
    })
    .input(nothing)
    .output(indicatorsOutput)
    .query(({ ctx }) => readIndicators(ctx.deps, ctx.actor)),
  readCharts: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/charts/read" },
      summary: "Arrivals, failures and time to activation over time",
    })
    .input(chartsInput)
    .output(chartsOutput)
    .query(({ ctx, input }) => readCharts(ctx.deps, ctx.actor, input)),
  listIncidents: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/incidents/list" },
      summary: "Alerts from firing to clearing",
    })
    .input(listIncidentsInput)
    .output(incidentsOutput)
    .query(({ ctx, input }) => listIncidents(ctx.deps, ctx.actor, input)),
  listJobs: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/jobs/list" },
      summary: "Background jobs of every server",
    })
    .input(nothing)
    .output(jobsOutput)
    .query(({ ctx }) => listJobs(ctx.deps, ctx.actor)),
  restartJob: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/jobs/restart" },
      summary: "Have a job leave its turn and begin anew",
    })
    .input(restartJobInput)
    .output(restartJobOutput)
    .mutation(({ ctx, input }) => restartJob(ctx.deps, ctx.actor, input)),
  listActions: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/actions/list" },
      summary: "What administrators and commands did",
    })
    .input(listActionsInput)
    .output(actionsOutput)
    .query(({ ctx, input }) => listActions(ctx.deps, ctx.actor, input)),
});
