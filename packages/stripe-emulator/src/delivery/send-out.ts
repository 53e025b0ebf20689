import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import type { Chaos, Hit } from "../chaos/chaos.ts";
import { DELIVERY_FAULTS, type Fault } from "../chaos/faults.ts";
import { badState, missing } from "../http/errors.ts";
import type { Delivery } from "../store/tables.ts";

const DELAY_MS = 5_000;
const SPOIL: readonly Fault[] = ["corrupt", "wrong_secret", "old_secret", "stale"];
const AT_SET_OUT = DELIVERY_FAULTS.filter((fault) => fault !== "twin");

export interface SetOut {
  chaos: Chaos;
  /** Milliseconds. */
  wall: number;
  clock: number;
}

/**
 * Writes one delivery for each endpoint that wants the event. What chaos does to it is decided here, once, so that
 * the order in which endpoints answer cannot change a seeded run.
 */
export function sendOut(world: World, event: Stripe.Event, out: SetOut): void {
  write(world, event, out);
  if (out.chaos.strike(["twin"], event.type).length === 0) return;
  const twin = world.store.put("events", { ...event, id: world.id("evt") });
  write(world, twin, out);
}

function write(world: World, event: Stripe.Event, out: SetOut): void {
  for (const endpoint of world.store.all("endpoints")) {
    if (!isSubscribed(endpoint, event.type)) continue;
    const hits = out.chaos.strike(AT_SET_OUT, event.type);
    const row = delivery(event, endpoint.id, { hits, ...out });
    world.store.put("deliveries", { id: world.id("dlv"), ...row });
    const copies = hits.find(({ fault }) => fault === "duplicate")?.times ?? 0;
    for (let copy = 0; copy < copies; copy += 1)
      world.store.put("deliveries", { id: world.id("dlv"), ...row, copy: true });
  }
}

function delivery(
  event: Stripe.Event,
  endpoint: string,
  { hits, wall, clock }: Pick<SetOut, "wall" | "clock"> & { hits: readonly Hit[] },
): Omit<Delivery, "id"> {
  const struck = (fault: Fault) => hits.find((hit) => hit.fault === fault);
  const late = struck("delay");
  const wait = late === undefined ? 0 : Math.ceil((late.ms ?? DELAY_MS) * late.draw);
  const spoilt = hits.filter(({ fault }) => SPOIL.includes(fault));
  const place = struck("reorder")?.draw;
  return {
    event: event.id,
    eventType: event.type,
    endpoint,
    status: struck("drop") === undefined ? "pending" : "dropped",
    attempts: 0,
    dueWall: wall + wait,
    dueClock: clock + wait,
    lastStatus: null,
    lastError: null,
    answeredAt: null,
    ...(struck("hold") !== undefined && { held: true }),
    ...(place !== undefined && { place }),
    ...(spoilt.length > 0 && { spoilt }),
  };
}

/**
 * Writes one more delivery of an event, by hand: to the endpoint that is named, or to all that want it. It is tried
 * once, at once; what goes on by itself goes on. Throws a StripeError for an event or endpoint that is not there.
 */
export function writeResend(world: World, id: string, endpoint?: string): Delivery[] {
  const event = world.store.get("events", id);
  if (event === undefined) throw missing("event", id);
  const named = endpoint === undefined ? undefined : world.store.get("endpoints", endpoint);
  if (endpoint !== undefined && named === undefined)
    throw missing("webhook endpoint", endpoint, "webhook_endpoint");
  if (named !== undefined && named.status !== "enabled")
    throw badState(`The webhook endpoint ${named.id} is disabled.`, { param: "webhook_endpoint" });
  const targets =
    named === undefined
      ? world.store.all("endpoints").filter((one) => isSubscribed(one, event.type))
      : [named];
  return targets.map((target) => {
    const row = delivery(event, target.id, { hits: [], wall: 0, clock: 0 });
    return world.store.put("deliveries", { id: world.id("dlv"), ...row, copy: true, manual: true });
  });
}

/** Those that chaos reorders, in the order it drew; only before their first attempt. */
export function shuffled(due: readonly Delivery[]): Delivery[] {
  return due
    .filter(({ place, attempts }) => place !== undefined && attempts === 0)
    .toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0));
}

function isSubscribed(endpoint: Stripe.WebhookEndpoint, type: string): boolean {
  if (endpoint.status !== "enabled") return false;
  return endpoint.enabled_events.includes("*") || endpoint.enabled_events.includes(type);
}
