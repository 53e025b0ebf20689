import type { Outputs } from "../../../packages/api/src/contract.ts";
import { ago, DAY, HOUR } from "./moment-ago.ts";
import { CUSTOMERS, PEOPLE, SUBSCRIPTIONS } from "./pretend-people.ts";

type Walk = Outputs["admin"]["listWalks"]["walks"][number];
type Drift = Outputs["admin"]["listDrifts"]["drifts"][number];
type Flag = Outputs["admin"]["listFlags"]["flags"][number];

const COUNTS = { listed: 2_641, asked: 14, payers: 2_302, downgrades: 0, repaired: 0, failed: 0 };
const walk = (
  [id, began]: [number, number],
  counts: Record<string, number>,
  rest: Partial<Walk> = {},
): Walk => ({
  id,
  state: "finished",
  phase: "events",
  started_at: ago(began),
  finished_at: ago(began - 2),
  counts: { ...COUNTS, ...counts },
  ...rest,
});

const earlier = (): Walk[] => [
  walk([211, 7 * HOUR], {}),
  walk([210, 13 * HOUR], { repaired: 3 }),
  walk([209, 19 * HOUR], {}),
];

/** The newest has ended, and repaired what it could. */
export const walks = (): Walk[] => [
  walk([212, HOUR], { repaired: 2, failed: 2, missed_events: 1, backfilled: 1 }),
  ...earlier(),
];

/** The newest stopped, because a wrong key made hundreds look as if they had ended. */
export const stoppedWalks = (): Walk[] => [
  walk([212, 24], { listed: 2_041, downgrades: 598, stopped: 1 }, { state: "stopped", phase: "repair" }),
  ...earlier(),
];

export const runningWalks = (): Walk[] => [
  walk([212, 1], { asked: 3 }, { state: "running", phase: "database", finished_at: null }),
  ...earlier(),
];

const drift = (id: number, customer_id: string, rest: Partial<Drift>): Drift => ({
  id,
  walk_id: 212,
  customer_id,
  subscription_id: null,
  user_id: null,
  cause: "status",
  fields: [],
  is_downgrade: false,
  found_at: ago(HOUR - 1),
  repaired_at: null,
  last_error: null,
  ...rest,
});

const open = (): Drift[] => [
  drift(88, CUSTOMERS.stray, {
    cause: "customer_unbound",
    subscription_id: "sub_1SVp76K8mVxA2bLt2ZdF4gHj",
    last_error: `unresolved: customer ${CUSTOMERS.stray} names no user`,
  }),
  drift(87, "cus_TQd6ZwN9rXeF2v", {
    cause: "lost_at_stripe",
    user_id: PEOPLE.erik().id,
    is_downgrade: true,
    last_error: "Stripe does not know sub_1SKfD4K8mVxA2bLt7BnC6vTy",
  }),
];

/** What differed; some of it remains. */
export const drifts = (onlyOpen: boolean): Drift[] => [
  ...open(),
  ...(onlyOpen
    ? []
    : [
        drift(86, CUSTOMERS.karl, {
          cause: "period",
          fields: ["current_period_end", "latest_invoice"],
          subscription_id: SUBSCRIPTIONS.karl,
          user_id: PEOPLE.karl().id,
          repaired_at: ago(HOUR - 2),
        }),
        drift(85, CUSTOMERS.noor, {
          cause: "cancel",
          fields: ["cancel_at"],
          subscription_id: SUBSCRIPTIONS.noor,
          user_id: PEOPLE.noor().id,
          repaired_at: ago(HOUR - 2),
        }),
      ]),
];

const flag = ([at, kind]: [number, string], user_id: string, rest: Partial<Flag>): Flag => ({
  id: `5ad0c3f${at}-8e16-4b97-a2c4-0d73e95bf1${at}8`,
  kind,
  user_id,
  object_id: "",
  kept_id: null,
  found_at: ago(HOUR),
  resolved_at: null,
  ...rest,
});

/** Money that somebody has to look at, and, with `all`, what was looked at. */
export const flags = (onlyOpen: boolean): Flag[] => [
  flag([1, "duplicate_payment"], PEOPLE.maja().id, {
    object_id: "sub_1SVpR8K8mVxA2bLt9XcV7bNm",
    kept_id: SUBSCRIPTIONS.maja,
    found_at: ago(9),
  }),
  flag([2, "dispute"], PEOPLE.karl().id, {
    object_id: "dp_1SVmH2K8mVxA2bLtQwErTyUi",
    found_at: ago(3 * HOUR),
  }),
  ...(onlyOpen
    ? []
    : [
        flag([3, "refund"], PEOPLE.noor().id, {
          object_id: "ch_3SVgJ6K8mVxA2bLt1AsDfGhJ",
          found_at: ago(2 * DAY),
          resolved_at: ago(DAY),
        }),
      ]),
];
