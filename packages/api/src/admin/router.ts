import {
  driftOutput,
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
  setAsideInput,
  setAsideOutput,
  startWalkInput,
  startWalkOutput,
  walksOutput,
} from "@liveassist/shared/inputs/admin";
import {
  assignEventInput,
  assignEventOutput,
  causesOutput,
  eraseUserInput,
  eraseUserOutput,
  exportOutput,
  exportUserInput,
  listUsersInput,
  listXpInput,
  readUserInput,
  repairDriftInput,
  timelineInput,
  timelineOutput,
  userOutput,
  usersOutput,
  xpLedgerOutput,
} from "@liveassist/shared/inputs/operations";
import { z } from "zod";
import { adminProcedure, router } from "../trpc.ts";
import { assignEvent } from "./assign-event.ts";
import { eraseUserFor } from "./erase-user-for.ts";
import { exportUser } from "./export-user.ts";
import { listCauses } from "./list-causes.ts";
import { listDrifts } from "./list-drifts.ts";
import { listEvents } from "./list-events.ts";
import { listFlags } from "./list-flags.ts";
import { listUsers } from "./list-users.ts";
import { listWalks } from "./list-walks.ts";
import { listXp } from "./list-xp.ts";
import { readEvent } from "./read-event.ts";
import { readTimeline } from "./read-timeline.ts";
import { readUser } from "./read-user.ts";
import { repairDrift } from "./repair-drift.ts";
import { replayDead } from "./replay-dead.ts";
import { replayEvent } from "./replay-event.ts";
import { resolveFlag } from "./resolve-flag.ts";
import { setAsideEvents } from "./set-aside-events.ts";
import { startWalk } from "./start-walk.ts";

const nothing = z.strictObject({}).optional();

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
  setAsideEvents: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/events/set-aside" },
      summary: "Ignore dead letters that nothing can be done about, with their history",
    })
    .input(setAsideInput)
    .output(setAsideOutput)
    .mutation(({ ctx, input }) => setAsideEvents(ctx.deps, ctx.actor, input)),
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
  listCauses: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/events/causes" },
      summary: "Dead letters by what killed them",
    })
    .input(nothing)
    .output(causesOutput)
    .query(({ ctx }) => listCauses(ctx.deps, ctx.actor)),
  assignEvent: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/events/assign" },
      summary: "Say whose a dead letter is, and work on it again",
    })
    .input(assignEventInput)
    .output(assignEventOutput)
    .mutation(({ ctx, input }) => assignEvent(ctx.deps, ctx.actor, input)),
  repairDrift: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/drifts/repair" },
      summary: "Ask Stripe about the customer of a drift now",
    })
    .input(repairDriftInput)
    .output(driftOutput)
    .mutation(({ ctx, input }) => repairDrift(ctx.deps, ctx.actor, input)),
  listUsers: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/users/list" },
      summary: "Users by name, e-mail or an id of theirs",
    })
    .input(listUsersInput)
    .output(usersOutput)
    .query(({ ctx, input }) => listUsers(ctx.deps, ctx.actor, input)),
  readUser: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/users/read" },
      summary: "One user with customers and subscriptions",
    })
    .input(readUserInput)
    .output(userOutput)
    .query(({ ctx, input }) => readUser(ctx.deps, ctx.actor, input)),
  readTimeline: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/users/timeline" },
      summary: "The story of one user, from payment to their pages",
    })
    .input(timelineInput)
    .output(timelineOutput)
    .query(({ ctx, input }) => readTimeline(ctx.deps, ctx.actor, input)),
  exportUser: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/users/export" },
      summary: "Everything kept about one user",
    })
    .input(exportUserInput)
    .output(exportOutput)
    .mutation(({ ctx, input }) => exportUser(ctx.deps, ctx.actor, input)),
  eraseUser: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/users/erase" },
      summary: "Delete the account of somebody who asked in writing",
    })
    .input(eraseUserInput)
    .output(eraseUserOutput)
    .mutation(({ ctx, input }) => eraseUserFor(ctx.deps, ctx.actor, input)),
  listXp: adminProcedure
    .meta({
      rest: { method: "POST", path: "/api/admin/xp/list" },
      summary: "The XP ledger",
    })
    .input(listXpInput)
    .output(xpLedgerOutput)
    .query(({ ctx, input }) => listXp(ctx.deps, ctx.actor, input)),
});
