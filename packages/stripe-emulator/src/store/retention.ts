import { DAY } from "../billing/calendar.ts";
import type { World } from "../billing/world.ts";

/** The last so many attempts of a delivery are kept; an endpoint that is away for a month would else fill the memory. */
export const ATTEMPTS_KEPT = 50;

/** Between two looks at the age of things (seconds of the emulator's clock). */
const LOOK_EVERY = 3600;

/** When an event came about, by everybody's clock (unix seconds). */
export function happenedAt(world: World, event: { id: string; created: number }): number {
  return world.store.get("eventMoments", event.id)?.at ?? event.created;
}

/** Whether an event is so old that Stripe no longer lists it (30 days). */
export function isListed(world: World, event: { id: string; created: number }): boolean {
  return happenedAt(world, event) >= world.now() - world.settings.eventDays * DAY;
}

/**
 * Forgets events after 30 days, and the oldest delivered ones before that when there are too many; with each go its
 * deliveries and their attempts. Idempotency keys go after a day. What is still on its way is never too many.
 */
export class Retention {
  readonly #world: World;
  #nextLook = Number.NEGATIVE_INFINITY;
  #mostEvents: number;
  #mostKeys: number;

  constructor(world: World) {
    this.#world = world;
    this.#mostEvents = world.settings.eventsKept[1];
    this.#mostKeys = world.settings.keysKept;
  }

  /** Cheap unless there is something to forget; called after every call. */
  sweep(): void {
    const { store, settings } = this.#world;
    const now = this.#world.now();
    const old = now >= this.#nextLook;
    const many = store.count("events") > this.#mostEvents || store.count("idempotency") > this.#mostKeys;
    if (!old && !many) return;
    this.#nextLook = now + LOOK_EVERY;
    this.#sweepEvents();
    this.#sweepKeys(now - DAY);
    store.commit();
    // What could not go yet is looked at again only when there is a twentieth more.
    const room = (most: number, count: number) => Math.max(most, count) + Math.ceil(most / 20);
    this.#mostEvents = room(settings.eventsKept[1], store.count("events"));
    this.#mostKeys = room(settings.keysKept, store.count("idempotency"));
  }

  #sweepEvents(): void {
    const world = this.#world;
    const [least, most] = world.settings.eventsKept;
    let left = world.store.count("events");
    for (const event of world.store.scan("events")) {
      if (left <= least) return;
      if (isListed(world, event) && (left <= most || this.#isOnItsWay(event.id))) continue;
      this.#forget(event.id);
      left -= 1;
    }
  }

  #isOnItsWay(event: string): boolean {
    return this.#world.store.where("deliveries", "event", event).some(({ status }) => status === "pending");
  }

  #forget(event: string): void {
    const { store } = this.#world;
    for (const delivery of store.where("deliveries", "event", event)) {
      for (const { id } of store.where("deliveryAttempts", "delivery", delivery.id))
        store.remove("deliveryAttempts", id);
      store.remove("deliveries", delivery.id);
    }
    if (store.get("eventMoments", event) !== undefined) store.remove("eventMoments", event);
    store.remove("events", event);
  }

  #sweepKeys(limit: number): void {
    const { store, settings } = this.#world;
    for (const row of store.scan("idempotency")) {
      if (row.created > limit && store.count("idempotency") <= settings.keysKept) return;
      store.remove("idempotency", row.id);
    }
  }
}
