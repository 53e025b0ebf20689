import { z } from "zod";
import { storable } from "./storable.ts";

const isoTime = z.iso.datetime();
/** ISO has a year 0, and Postgres does not. */
const storableTime = isoTime.refine((text) => !text.startsWith("0000"), "has no such year");
const id = storable(255);
/** Where a page ends; the next one begins behind it. Opaque. */
const cursor = storable(200).optional();
const limit = z.int().min(1).max(200).default(50);

export const eventOutcome = z.enum(["pending", "processed", "ignored", "dead"]);

/**
 * Why an event was given up on: nobody could tell whose it is (and somebody may say), its words contradict each other, Stripe
 * does not know its object, Stripe refused, or a bug of ours.
 */
export const deadCause = z.enum(["no_user", "contradiction", "gone_at_stripe", "refused", "bug"]);

/** `POST /api/admin/events/list`: the ledger of webhook events, newest first; received from `from` up to before `to`. */
export const listEventsInput = z
  .strictObject({
    outcome: eventOutcome.optional(),
    type: id.optional(),
    customerId: id.optional(),
    userId: id.optional(),
    /** Of dead letters. */
    cause: deadCause.optional(),
    from: storableTime.optional(),
    to: storableTime.optional(),
    cursor,
    limit,
  })
  .refine(({ from, to }) => !from || !to || Date.parse(from) <= Date.parse(to), {
    path: ["to"],
    message: "is before from",
  });

const event = {
  event_id: z.string(),
  type: z.string(),
  outcome: eventOutcome,
  /** How it came: delivered, or fetched because it never arrived. */
  source: z.enum(["webhook", "backfill"]),
  user_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  session_id: z.string().nullable(),
  subscription_id: z.string().nullable(),
  object_id: z.string().nullable(),
  created_at: isoTime,
  received_at: isoTime,
  processed_at: isoTime.nullable(),
  next_attempt_at: isoTime.nullable(),
  attempts: z.int(),
  last_error: z.string().nullable(),
  /** Of a dead letter. */
  cause: deadCause.nullable(),
  errors: z.array(z.object({ at: z.string(), error: z.string() })),
  /** Number of the observation that covered it. */
  observed_seq: z.int().nullable(),
};

export const eventsOutput = z.object({ events: z.array(z.object(event)), next: z.string().nullable() });

/** `POST /api/admin/events/read`. */
export const readEventInput = z.strictObject({ eventId: id });
export const eventOutput = z.object({
  ...event,
  livemode: z.boolean(),
  api_version: z.string().nullable(),
  /** Personal data masked; null: it is older than payloads are kept. */
  payload: z.unknown().nullable(),
});

/** `POST /api/admin/events/replay`. */
export const replayEventInput = z.strictObject({ eventId: id });
/** `queued`: worked on now; `synced`: it had been processed, and its customer was asked about again; `nothing`: it concerns nobody. */
export const replayOutput = z.object({ outcome: z.enum(["queued", "synced", "nothing"]) });

/** `POST /api/admin/events/replay-dead`: the oldest dead letters, at most so many; or exactly those that are named. */
export const replayDeadInput = z.strictObject({
  type: id.optional(),
  cause: deadCause.optional(),
  eventIds: z.array(id).min(1).max(200).optional(),
  limit: z.int().min(1).max(500).default(100),
});
export const replayDeadOutput = z.object({ queued: z.int(), left: z.int() });

/** `POST /api/admin/events/set-aside`: dead letters that nothing can be done about; they are ignored from now on. */
export const setAsideInput = z.strictObject({ eventIds: z.array(id).min(1).max(200) });
export const setAsideOutput = z.object({ set_aside: z.int() });

/** `POST /api/admin/walks/list`: walks of the reconciler, newest first. */
export const listWalksInput = z.strictObject({ cursor, limit });
export const walksOutput = z.object({
  walks: z.array(
    z.object({
      id: z.int(),
      state: z.enum(["running", "finished", "stopped"]),
      phase: z.string(),
      started_at: isoTime,
      finished_at: isoTime.nullable(),
      counts: z.record(z.string(), z.number()),
    }),
  ),
  next: z.string().nullable(),
});

/** `POST /api/admin/drifts/list`: differences found, newest first; `open`: not repaired. */
export const listDriftsInput = z.strictObject({
  walkId: z.int().min(1).optional(),
  customerId: id.optional(),
  open: z.boolean().optional(),
  cursor,
  limit,
});
export const driftOutput = z.object({
  id: z.int(),
  walk_id: z.int(),
  customer_id: z.string(),
  subscription_id: z.string().nullable(),
  user_id: z.string().nullable(),
  cause: z.string(),
  /** The columns that differed. */
  fields: z.array(z.string()),
  /** Repairing it takes Premium away. */
  is_downgrade: z.boolean(),
  found_at: isoTime,
  repaired_at: isoTime.nullable(),
  last_error: z.string().nullable(),
});
export const driftsOutput = z.object({ drifts: z.array(driftOutput), next: z.string().nullable() });

/** `POST /api/admin/walks/start`. */
export const startWalkInput = z.strictObject({ acceptDowngrades: z.boolean().optional() });
/** `is_new: false`: one was under way already; it is the one. */
export const startWalkOutput = z.object({ walk_id: z.int(), is_new: z.boolean() });

/** `POST /api/admin/flags/list`: what a person has to look at, newest first. */
export const listFlagsInput = z.strictObject({
  open: z.boolean().optional(),
  userId: id.optional(),
  cursor,
  limit,
});
const flag = z.object({
  id: z.string(),
  kind: z.string(),
  user_id: z.string(),
  object_id: z.string(),
  kept_id: z.string().nullable(),
  found_at: isoTime,
  resolved_at: isoTime.nullable(),
});
export const flagsOutput = z.object({ flags: z.array(flag), next: z.string().nullable() });

/** `POST /api/admin/flags/resolve`; again is harmless. */
export const resolveFlagInput = z.strictObject({ id: z.uuid() });
export const flagOutput = flag;
