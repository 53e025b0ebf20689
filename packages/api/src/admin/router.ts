import {
  driftsOutput,
  eventOutput,
  eventsOutput,
  flagOutput,
  flagsOutput,
  listDriftsInput,
  listEventsInput,
  listFlagsInput,
  listWalksInput,
  readEventInput,
  replayDeadInput,
  replayDeadOutput,
  replayEventInput,
  replayOutput,
  resolveFlagInput,
  startWalkInput,
  startWalkOutput,
  walksOutput,
} from "@liveassist/shared/inputs/admin";
import { adminProcedure, router } from "../trpc.ts";
import { listDrifts } from "./list-drifts.ts";
import { listEvents } from "./list-events.ts";
import { listFlags } from "./list-flags.ts";
import { listWalks } from "./list-walks.ts";
import { readEvent } from "./read-event.ts";
import { replayDead } from "./replay-dead.ts";
import { replayEvent } from "./replay-event.ts";
import { resolveFlag } from "./resolve-flag.ts";
import { startWalk } from "./start-walk.ts";

/** For operators: the ledger of events, the reconciler, and what a person has to look at. */
export const adminRouter = router({
  listEvents: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/events/list" },
      summary: "Webhook events, newest first, with attempts, errors and outcome",
    })
    .input(listEventsInput)
    .output(eventsOutput)
    .query(({ ctx, input }) => listEvents(ctx.deps, ctx.actor, input)),
  readEvent: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/events/read" },
      summary: "One event with its masked payload",
    })
    .input(readEventInput)
    .output(eventOutput)
    .query(({ ctx, input }) => readEvent(ctx.deps, ctx.actor, input)),
  replayEvent: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/events/replay" },
      summary: "Work on one event again; safe at any time",
    })
    .input(replayEventInput)
    .output(replayOutput)
    .mutation(({ ctx, input }) => replayEvent(ctx.deps, ctx.actor, input)),
  replayDead: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/events/replay-dead" },
      summary: "Work on the oldest dead letters again; safe at any time",
    })
    .input(replayDeadInput)
    .output(replayDeadOutput)
    .mutation(({ ctx, input }) => replayDead(ctx.deps, ctx.actor, input)),
  listWalks: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/walks/list" },
      summary: "Walks of the reconciler, newest first",
    })
    .input(listWalksInput)
    .output(walksOutput)
    .query(({ ctx, input }) => listWalks(ctx.deps, ctx.actor, input)),
  startWalk: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/walks/start" },
      summary: "Compare everything with Stripe now",
    })
    .input(startWalkInput)
    .output(startWalkOutput)
    .mutation(({ ctx, input }) => startWalk(ctx.deps, ctx.actor, input)),
  listDrifts: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/drifts/list" },
      summary: "Differences between Stripe and us, with causes, newest first",
    })
    .input(listDriftsInput)
    .output(driftsOutput)
    .query(({ ctx, input }) => listDrifts(ctx.deps, ctx.actor, input)),
  listFlags: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/flags/list" },
      summary: "Double payments, refunds and disputes to look at, newest first",
    })
    .input(listFlagsInput)
    .output(flagsOutput)
    .query(({ ctx, input }) => listFlags(ctx.deps, ctx.actor, input)),
  resolveFlag: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/flags/resolve" },
      summary: "Say that a flag was looked at; again is harmless",
    })
    .input(resolveFlagInput)
    .output(flagOutput)
    .mutation(({ ctx, input }) => resolveFlag(ctx.deps, ctx.actor, input)),
});
