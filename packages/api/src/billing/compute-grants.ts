import { derivePlan } from "@liveassist/shared/derive-plan";
import { grantablePlan, withGrants } from "@liveassist/shared/provisional";
import { isOver } from "@liveassist/shared/subscription";
import type { Terms } from "./compute-rows.ts";
import { grantingPayload, type Payload, saysOver } from "./granting-payload.ts";
import { isOurs, type SubscriptionRow, toFacts } from "./load-facts.ts";
import type { PendingEvent } from "./pending-events.ts";
import type { GrantRow } from "./stored-state.ts";

interface Doubt {
  readonly userId: string;
  readonly customerId: string;
  /** When the customer was last observed, domain time; null: never. */
  readonly observedAt: number | null;
  /** The customer's unfinished events, none of which Stripe could be asked about. */
  readonly pending: readonly PendingEvent[];
  readonly rows: readonly SubscriptionRow[];
  /** Grants that stand or stood: a subscription gets one until it is observed, so that none lasts for ever. */
  readonly granted: readonly Pick<GrantRow, "subscriptionId" | "status" | "endsAt">[];
  readonly livemode: boolean;
  /** The API version our rules read; of another release a payload's shape is not known (requirements R15). */
  readonly stripeApiVersion: string;
  /** Wall time, epoch milliseconds: events carry their receipt in it. */
  readonly wall: number;
}

/**
 * What verified events may grant while Stripe cannot be asked (design I11): to a subscription of ours that was never
 * observed, or lives and changed after it was; only if better than what the rows give; until the payload's own end or a
 * grace after the first receipt, whichever comes first. Never anything for what any event or row calls over.
 */
export function computeGrants(doubt: Doubt, terms: Terms): GrantRow[] {
  const { pending, rows, userId, customerId } = doubt;
  if (pending.some((event) => event.facts.type === "customer.deleted")) return [];
  const standing = derivePlan(
    rows.map((row) => toFacts(row, terms.price)),
    terms.now,
    terms.grace,
  );
  const now = withGrants(standing, asRules(doubt.granted), terms.now);
  const ids = new Set(pending.flatMap((event) => event.facts.subscriptionId ?? []));
  return [...ids].flatMap((subscriptionId) => {
    const best = speakingPayload(doubt, subscriptionId, terms);
    if (best === null) return [];
    const { payload, receivedAt } = best;
    const until = receivedAt + terms.grace.trialVerifyMs;
    const endsAt = Math.min(payload.endsAt ?? until, until);
    const grant = { subscriptionId, status: payload.status, endsAt };
    if (withGrants(now, [grant], terms.now) === now) return [];
    const { eventId } = payload.event.facts;
    const at = { stripeCreatedAt: new Date(payload.createdAt), receivedAt: new Date(receivedAt) };
    return [{ ...grant, userId, customerId, eventId, ...at, endsAt: new Date(endsAt) }];
  });
}

const asRules = (rows: Doubt["granted"]) => rows.map((row) => ({ ...row, endsAt: row.endsAt.getTime() }));

/** The newest word about a subscription, if it grants; and the first receipt of any that does, domain time. */
function speakingPayload(doubt: Doubt, id: string, terms: Terms) {
  const about = doubt.pending.filter((event) => event.facts.subscriptionId === id);
  if (about.some(saysOver) || doubt.granted.some((one) => one.subscriptionId === id)) return null;
  const payloads = about
    .map(grantingPayload)
    .filter((one) => one !== null)
    .filter((one) => isNewsOf(doubt, one));
  const newest = Math.max(...payloads.map((one) => one.createdAt));
  const granting = payloads.filter((one) => grants(doubt, one, terms));
  // Of one second the order is not known: the user gets the benefit, for as long as the grace.
  const [payload] = granting
    .filter((one) => one.createdAt === newest)
    .sort((a, b) => Number(b.status === "active") - Number(a.status === "active"));
  if (!payload) return null;
  const receivedAt = Math.min(...granting.map((one) => receiptOf(doubt, one, terms)));
  return doubt.observedAt !== null && doubt.observedAt >= receivedAt ? null : { payload, receivedAt };
}

/** Never observed, or alive in our rows and changed since; Stripe's whole second is compared from its beginning. */
function isNewsOf({ rows }: Doubt, { subscriptionId, createdAt }: Payload): boolean {
  const row = rows.find((one) => one.providerSubscriptionId === subscriptionId);
  return row === undefined || (!isOver(row.status) && createdAt > row.observedAt.getTime());
}

const releaseOf = (version: string): string | undefined => version.split(".")[1];

function grants(doubt: Doubt, { status, items, event }: Payload, { price }: Terms): boolean {
  const { livemode, apiVersion } = event.facts;
  const isMode = (livemode ?? doubt.livemode) === doubt.livemode;
  const isReadable = apiVersion === null || releaseOf(apiVersion) === releaseOf(doubt.stripeApiVersion);
  return isMode && isReadable && grantablePlan(status) !== null && isOurs(items, price);
}

/** Receipt is stored in wall time; how long ago it was is the same in both. */
const receiptOf = ({ wall }: Doubt, { event }: Payload, { now }: Terms): number =>
  now - Math.max(0, wall - event.receivedAt.getTime());
