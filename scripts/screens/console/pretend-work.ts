import type { Outputs } from "../../../packages/api/src/contract.ts";
import { ago, DAY, HOUR, secondsAgo } from "./moment-ago.ts";
import { EVENTS } from "./pretend-events.ts";
import { SERVERS } from "./pretend-overview.ts";
import { ADMINISTRATOR, CUSTOMERS, PEOPLE } from "./pretend-people.ts";

type Job = Outputs["operations"]["listJobs"]["jobs"][number];
type Action = Outputs["operations"]["listActions"]["actions"][number];
type Grant = Outputs["admin"]["listXp"]["entries"][number];

const EVERY: Readonly<Record<string, number>> = {
  "due-sweeper": 1_000,
  forgetter: 3_600_000,
  heartbeat: 5_000,
  "inbox-sweep": 1_000,
  mailer: 1_000,
  "outbox-tail": 250,
  reconciler: 60_000,
  "reply-sweeper": 1_000,
  "upload-sweeper": 60_000,
  watcher: 10_000,
  "withdrawal-finisher": 1_000,
};

/** The jobs of both servers; `trouble` by a job's name and the server's place. */
export const jobs = (trouble: Readonly<Record<string, Partial<Job>>> = {}): Job[] =>
  Object.entries(EVERY).flatMap(([job, every_ms]) =>
    SERVERS.map((server_id, at) => ({
      job,
      server_id,
      every_ms,
      running_since: null,
      last_success_at: secondsAgo(Math.max(0.6, (every_ms / 1000) * 0.4) + at * 0.1),
      last_failure_at: null,
      last_error: null,
      lag_seconds: 0,
      state: "ok" as const,
      restart_asked_at: null,
      ...trouble[`${job} ${at}`],
    })),
  );

/** One hangs, one fails. */
export const troubledJobs = (): Job[] =>
  jobs({
    "mailer 0": {
      state: "failing",
      last_success_at: ago(6),
      last_failure_at: secondsAgo(0.8),
      last_error: "ConnectionError: connect ECONNREFUSED 10.0.4.17:587",
      lag_seconds: 383,
    },
    "reconciler 1": {
      state: "hung",
      running_since: ago(4),
      last_success_at: ago(5),
      lag_seconds: 264,
      restart_asked_at: secondsAgo(3.5),
    },
  }).toSorted((one, other) => Number(one.state === "ok") - Number(other.state === "ok"));

const action = (id: number, minutes: number, rest: Pick<Action, "action"> & Partial<Action>): Action => ({
  id,
  at: ago(minutes),
  actor_id: ADMINISTRATOR.id,
  actor_name: ADMINISTRATOR.name,
  user_id: null,
  input: {},
  outcome: "done",
  ...rest,
});

/** What was done, newest first. */
export const actions = (): Action[] => [
  action(31, 2, {
    action: "admin.exportUser",
    user_id: PEOPLE.maja().id,
    input: { userId: PEOPLE.maja().id },
  }),
  action(30, 6, { action: "operations.restartJob", input: { job: "reconciler" } }),
  action(29, 14, {
    action: "admin.assignEvent",
    user_id: PEOPLE.tilda().id,
    input: { eventId: EVENTS.dead, userId: PEOPLE.tilda().id },
    outcome: "STRIPE_UNAVAILABLE",
  }),
  action(28, 3 * HOUR, {
    action: "npm run replay",
    actor_id: null,
    actor_name: null,
    input: { customer: CUSTOMERS.karl, limit: 100 },
  }),
  action(27, 5 * HOUR, { action: "admin.startWalk", input: { acceptDowngrades: true }, outcome: null }),
  action(26, 2 * DAY, {
    action: "admin.eraseUser",
    user_id: PEOPLE.gone().id,
    input: { userId: PEOPLE.gone().id, email: "[masked]" },
  }),
];

/** The XP ledger. */
export const grants = (): Grant[] =>
  [PEOPLE.maja(), PEOPLE.noor(), PEOPLE.karl()].map((person, at) => ({
    id: `6e0b9d4${at}-31f7-4c82-95ad-e8107b3cf26${at}`,
    user_id: person.id,
    user_name: person.name,
    amount: 250,
    reason: "first_premium",
    idempotency_key: `first_premium:${person.id}`,
    at: at === 0 ? secondsAgo(746) : ago((at * 43 + 5) * DAY),
  }));
