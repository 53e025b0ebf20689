import { isOver } from "@liveassist/shared/subscription";
import { z } from "zod";
import type { PendingEvent } from "./pending-events.ts";

const seconds = z.number().min(0).max(8_640_000_000_000).nullish().catch(null);
const payloadSchema = z.looseObject({
  status: z.string(),
  trial_end: seconds,
  items: z.looseObject({
    data: z.array(
      z.looseObject({
        current_period_end: seconds,
        price: z.looseObject({
          id: z.string(),
          product: z.union([z.string(), z.looseObject({ id: z.string() })]),
        }),
      }),
    ),
  }),
});

/** What the payload of a subscription's event says by itself. Times are epoch milliseconds. */
export interface Payload {
  readonly event: PendingEvent;
  readonly subscriptionId: string;
  readonly createdAt: number;
  readonly status: string;
  readonly items: readonly { readonly price: string; readonly product: string }[];
  /** The end of what it shows: the trial's, else the period's; null: it does not say. */
  readonly endsAt: number | null;
}

/** Reads a subscription event's own object; null for other events and for what cannot be read. */
export function grantingPayload(event: PendingEvent): Payload | null {
  const { subject, subscriptionId, createdAt, object } = event.facts;
  if (subject !== "subscription" || subscriptionId === null || createdAt === null) return null;
  const parsed = payloadSchema.safeParse(object);
  if (!parsed.success) return null;
  const { status, trial_end, items } = parsed.data;
  const ends = items.data.flatMap((item) => item.current_period_end ?? []);
  const periodEnd = ends.length > 0 ? Math.max(...ends) : null;
  const end = (status === "trialing" ? trial_end : null) ?? periodEnd;
  return {
    event,
    subscriptionId,
    createdAt,
    status,
    items: items.data.map(({ price }) => ({
      price: price.id,
      product: typeof price.product === "string" ? price.product : price.product.id,
    })),
    endsAt: end === null ? null : end * 1000,
  };
}

/** True when an event says that its subscription has ended: that never becomes untrue. */
export const saysOver = (event: PendingEvent): boolean =>
  event.facts.type === "customer.subscription.deleted" || isOver(String(event.facts.object["status"]));
