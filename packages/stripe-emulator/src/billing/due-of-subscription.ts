import type Stripe from "stripe";
import { currentPeriodEnd } from "../objects/subscription.ts";
import { announceRenewal } from "./announce-renewal.ts";
import { DAY, HOUR } from "./calendar.ts";
import { isEnded } from "./cancel-subscription.ts";
import type { Due } from "./due-heap.ts";
import { resumeCollection } from "./pause-collection.ts";
import { announceTrialEnd, expireIncomplete, turnSubscription } from "./turn-subscription.ts";
import type { World } from "./world.ts";

/** When a subscription changes by itself, or is announced to, next; of equal moments announcements come first. */
export function dueOfSubscription(world: World, id: string): Due | null {
  const subscription = world.store.get("subscriptions", id);
  if (subscription === undefined || isEnded(subscription)) return null;
  const again = () => world.store.get("subscriptions", id) ?? subscription;
  if (subscription.status === "incomplete")
    return { at: subscription.created + 23 * HOUR, run: () => expireIncomplete(world, again()) };
  const steps: { at: number | null; run: () => void }[] = [
    { at: trialAnnouncedAt(world, subscription), run: () => announceTrialEnd(world, again()) },
    { at: renewalAnnouncedAt(world, subscription), run: () => announceRenewal(world, again()) },
    { at: subscription.pause_collection?.resumes_at ?? null, run: () => resumeCollection(world, id) },
    { at: turnAt(subscription), run: () => turnSubscription(world, again()) },
  ];
  let next: Due | null = null;
  for (const { at, run } of steps) if (at !== null && (next === null || at < next.at)) next = { at, run };
  return next;
}

function trialAnnouncedAt(world: World, subscription: Stripe.Subscription): number | null {
  if (subscription.status !== "trialing" || subscription.trial_end === null) return null;
  if (world.store.get("subscriptionNotes", subscription.id)?.trialWillEndSent === true) return null;
  return Math.max(subscription.trial_end - 3 * DAY, subscription.trial_start ?? subscription.created);
}

/** Not for a subscription that will end, is paused or not collected (stripe-facts 2 D). */
function renewalAnnouncedAt(world: World, subscription: Stripe.Subscription): number | null {
  const days = world.settings.upcomingDays;
  if (days === null || subscription.pause_collection !== null) return null;
  if (!["active", "past_due", "trialing"].includes(subscription.status)) return null;
  const end = currentPeriodEnd(subscription);
  if (subscription.cancel_at !== null && subscription.cancel_at <= end) return null;
  if (world.store.get("subscriptionNotes", subscription.id)?.upcomingSentFor === end) return null;
  const starts = subscription.items.data.map((item) => item.current_period_start);
  return Math.max(end - days * DAY, ...starts);
}

function turnAt(subscription: Stripe.Subscription): number | null {
  const cancel = subscription.cancel_at;
  if (subscription.status === "paused") return cancel;
  const end = subscription.status === "trialing" ? subscription.trial_end : currentPeriodEnd(subscription);
  return Math.min(cancel ?? Number.POSITIVE_INFINITY, end ?? Number.POSITIVE_INFINITY);
}
