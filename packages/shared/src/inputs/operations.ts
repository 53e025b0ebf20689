import { z } from "zod";
import { deadCause } from "./admin.ts";
import { storable } from "./storable.ts";

const isoTime = z.iso.datetime();
const id = storable(255);
const cursor = storable(200).optional();
const limit = z.int().min(1).max(200).default(50);
const next = z.string().nullable();
const fields = z.record(z.string(), z.unknown());

/** `POST /api/admin/events/causes`: the dead letters by what killed them, most first. */
export const causesOutput = z.object({
  total: z.int(),
  causes: z.array(
    z.object({
      cause: deadCause,
      count: z.int(),
      oldest_at: isoTime,
      newest_at: isoTime,
      /** Somebody can say whose they are. */
      can_assign: z.boolean(),
    }),
  ),
});

/** `POST /api/admin/events/assign`: says whose the customer of a dead letter is, and works on it again. */
export const assignEventInput = z.strictObject({ eventId: id, userId: id });
export const assignEventOutput = z.object({
  customer_id: z.string(),
  user_id: z.string(),
  /** How many dead letters of that customer are worked on again. */
  queued: z.int(),
});

/** `POST /api/admin/drifts/repair`: asks Stripe about the customer of a drift now. */
export const repairDriftInput = z.strictObject({ driftId: z.int().min(1) });

/** `POST /api/admin/users/list`: `q` is the beginning of a name or an e-mail, or the whole id of a user, customer or subscription. */
export const listUsersInput = z.strictObject({
  q: storable(255).optional(),
  plan: z.enum(["free", "trial", "paid"]).optional(),
  cursor,
  limit,
});
const person = {
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(["user", "admin"]),
  subscription_status: z.enum(["free", "trial", "paid"]),
  subscription_expiry: isoTime.nullable(),
  stripe_status: z.string(),
  xp: z.int(),
  created_at: isoTime,
  deleted_at: isoTime.nullable(),
};
export const usersOutput = z.object({ users: z.array(z.object(person)), next });

/** `POST /api/admin/users/read`. */
export const readUserInput = z.strictObject({ userId: id });
export const userOutput = z.object({
  ...person,
  version: z.int(),
  cancel_at: isoTime.nullable(),
  trial_used_at: isoTime.nullable(),
  image_counter: z.int(),
  customers: z.array(
    z.object({
      customer_id: z.string(),
      observed_at: isoTime.nullable(),
      deleted_at: isoTime.nullable(),
    }),
  ),
  subscriptions: z.array(
    z.object({
      subscription_id: z.string(),
      customer_id: z.string(),
      status: z.string(),
      plan: z.string(),
      paid_until: isoTime.nullable(),
      trial_ends_at: isoTime.nullable(),
      cancel_at: isoTime.nullable(),
      ended_at: isoTime.nullable(),
      first_paid_at: isoTime.nullable(),
      observed_at: isoTime,
    }),
  ),
  open_flags: z.int(),
  /** Sockets open on any server are not known here; the last push and confirmation are. */
  last_pushed_at: isoTime.nullable(),
  last_confirmed_at: isoTime.nullable(),
});

/** What a line of a timeline is about. */
export const timelineKind = z.enum([
  "account",
  "checkout",
  "payment",
  "event",
  "sync",
  "change",
  "push",
  "ack",
  "grant",
  "xp",
  "flag",
  "drift",
  "withdrawal",
  "mail",
  "admin",
]);

/** `POST /api/admin/users/timeline`: one user's story, newest first, from payment to what their pages confirmed. */
export const timelineInput = z.strictObject({
  userId: id,
  kinds: z.array(timelineKind).max(15).optional(),
  cursor,
  limit,
});
const timelineEntry = z.object({
  /** Unique within the timeline. */
  id: z.string(),
  at: isoTime,
  kind: timelineKind,
  /** The machine's word for what happened, e.g. `customer.subscription.created`, `settled`, `free → paid`. */
  what: z.string(),
  /** Event, session, subscription, socket, seq, version …, by name. */
  ids: z.record(z.string(), z.string()),
  /** More of it, masked. */
  detail: fields,
});
export const timelineOutput = z.object({ entries: z.array(timelineEntry), next });
export type TimelineEntry = z.infer<typeof timelineEntry>;

/** `POST /api/admin/users/export` and `user.exportData`: everything kept about one user. */
export const exportUserInput = z.strictObject({ userId: id });
export const exportOutput = z.object({ made_at: isoTime, user_id: z.string(), data: fields });

/** `POST /api/admin/users/erase`: as the user's own deletion, for those who ask in writing. */
export const eraseUserInput = z.strictObject({ userId: id, email: storable(320) });
export const eraseUserOutput = z.object({ erased: z.literal(true) });

/** `POST /api/admin/xp/list`: the ledger, newest first. */
export const listXpInput = z.strictObject({ userId: id.optional(), cursor, limit });
export const xpLedgerOutput = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      user_id: z.string(),
      user_name: z.string(),
      amount: z.int(),
      reason: z.string(),
      idempotency_key: z.string(),
      at: isoTime,
    }),
  ),
  next,
});

/** `POST /api/admin/actions/list`: what administrators and commands did, newest first. */
export const listActionsInput = z.strictObject({
  userId: id.optional(),
  actorId: id.optional(),
  cursor,
  limit,
});
export const actionsOutput = z.object({
  actions: z.array(
    z.object({
      id: z.int(),
      at: isoTime,
      actor_id: z.string().nullable(),
      actor_name: z.string().nullable(),
      action: z.string(),
      user_id: z.string().nullable(),
      input: fields,
      outcome: z.string().nullable(),
    }),
  ),
  next,
});

/** `POST /api/admin/incidents/list`: alerts from firing to clearing, open ones first, then newest first. */
export const listIncidentsInput = z.strictObject({ open: z.boolean().optional(), cursor, limit });
export const incidentsOutput = z.object({
  incidents: z.array(
    z.object({
      id: z.int(),
      alert: z.string(),
      severity: z.enum(["page", "ticket"]),
      value: z.number(),
      threshold: z.number(),
      opened_at: isoTime,
      last_seen_at: isoTime,
      closed_at: isoTime.nullable(),
      told_open_at: isoTime.nullable(),
      told_closed_at: isoTime.nullable(),
      last_tell_error: z.string().nullable(),
    }),
  ),
  next,
});

/** `POST /api/admin/indicators/read`: how things are now. */
export const indicatorsOutput = z.object({
  at: isoTime,
  indicators: z.array(
    z.object({
      name: z.string(),
      unit: z.enum(["share", "seconds", "count"]),
      value: z.number().nullable(),
      /** The alert that watches it, and above what; null: none does. */
      alert: z.string().nullable(),
      threshold: z.number().nullable(),
      state: z.enum(["ok", "alert", "unknown"]),
    }),
  ),
  servers: z.array(
    z.object({
      id: z.string(),
      started_at: isoTime,
      seen_at: isoTime,
      sockets: z.int(),
      tail_lag_ms: z.int(),
      stripe_ok_at: isoTime.nullable(),
      stripe_failed_at: isoTime.nullable(),
    }),
  ),
  /** Whether alerts go out to `ALERT_WEBHOOK_URL`. */
  tells: z.boolean(),
});

/** `POST /api/admin/charts/read`. */
export const chartsInput = z.strictObject({ range: z.enum(["hour", "day", "week"]) });
export const chartsOutput = z.object({
  from: isoTime,
  to: isoTime,
  step_seconds: z.int(),
  /** Every step from `from` to `to`, also those without anything. */
  points: z.array(
    z.object({
      at: isoTime,
      stored: z.int(),
      skipped: z.int(),
      ignored: z.int(),
      failed: z.int(),
      activations: z.int(),
      /** Since Stripe's time and since receipt, seconds; null: none. */
      activation_p50: z.number().nullable(),
      activation_p99: z.number().nullable(),
      receipt_p50: z.number().nullable(),
      receipt_p99: z.number().nullable(),
      replies: z.int(),
      replies_failed: z.int(),
    }),
  ),
});

/** `POST /api/admin/jobs/list`. */
export const jobsOutput = z.object({
  jobs: z.array(
    z.object({
      job: z.string(),
      server_id: z.string(),
      every_ms: z.int(),
      running_since: isoTime.nullable(),
      last_success_at: isoTime.nullable(),
      last_failure_at: isoTime.nullable(),
      last_error: z.string().nullable(),
      /** How far it is behind its turn. */
      lag_seconds: z.number(),
      state: z.enum(["ok", "failing", "hung"]),
      restart_asked_at: isoTime.nullable(),
    }),
  ),
});

/** `POST /api/admin/jobs/restart`: on every server, the job leaves its turn and begins anew within seconds. */
export const restartJobInput = z.strictObject({ job: id });
export const restartJobOutput = z.object({ asked: z.int() });

/** `subscription.acknowledge`: a page of the caller shows this version now. */
export const acknowledgeInput = z.strictObject({ version: z.int().min(0) });
export const acknowledgeOutput = z.object({ noted: z.literal(true) });
