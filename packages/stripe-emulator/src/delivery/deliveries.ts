import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import type { Chaos } from "../chaos/chaos.ts";
import type { Delivery, DeliveryAttempt } from "../store/tables.ts";
import { logAttempt } from "./attempts.ts";
import { envelope } from "./envelope.ts";
import type { Poster, PostResult } from "./post.ts";
import { renderFor } from "./render-version.ts";
import { type RetryProfile, retryDelay } from "./retry-profile.ts";
import { sendOut, shuffled, writeResend } from "./send-out.ts";

export interface DeliveryOptions {
  world: World;
  poster: Poster;
  profile: RetryProfile;
  chaos: Chaos;
  /** The emulator's time and the wall's (ms); a retry is due when either has come. */
  clock: () => number;
  wall: () => number;
  log: (line: string) => void;
}

/** Brings events to webhook endpoints: at once, signed anew for each attempt, again until answered 2xx. */
export class Deliveries {
  /** While true, nothing is sent by itself; events wait to be released, delivered by hand or dropped. */
  hold = false;
  readonly #options: DeliveryOptions;
  readonly #pending = new Map<string, Delivery>();
  /** What is in flight. Another map after another state was restored: what comes back then belongs to the old one. */
  #running = new Map<string, Promise<void>>();

  constructor(options: DeliveryOptions) {
    this.#options = options;
    const { world } = options;
    for (const delivery of world.store.all("deliveries")) this.#index(delivery.id);
    world.store.watch((table, id) => {
      if (table === "deliveries") this.#index(id);
    });
    world.onEvent = (event) => this.#enqueue(event);
    // Given up is not delivered either (Stripe: "webhooks that haven't been successfully delivered").
    world.pendingWebhooks = (event) =>
      world.store
        .where("deliveries", "event", event)
        .filter(({ copy, status }) => copy !== true && (status === "pending" || status === "exhausted"))
        .length;
  }

  all(): Delivery[] {
    return this.#options.world.store.all("deliveries");
  }

  /** Starts whatever is due: all at the same time, except those that chaos reorders. */
  pump(): void {
    this.#giveUpLost();
    if (this.#stands()) return;
    const due = [...this.#pending.values()].filter((delivery) => this.#isDue(delivery));
    let before: Promise<void> | undefined;
    for (const delivery of shuffled(due)) before = this.#send(delivery.id, before);
    for (const delivery of due) if (!this.#running.has(delivery.id)) void this.#send(delivery.id);
  }

  isQuiet(): boolean {
    if (this.#running.size > 0) return false;
    return this.#stands() || ![...this.#pending.values()].some((delivery) => this.#isDue(delivery));
  }

  /** Lets go what chaos holds. */
  release(): void {
    const { world } = this.#options;
    for (const delivery of this.#pending.values())
      if (delivery.held === true) world.store.put("deliveries", { ...delivery, held: false });
    world.store.commit();
  }

  /** Begins anew with what the store now holds; what is in flight no longer counts. */
  restart(): void {
    this.#running = new Map();
    this.#pending.clear();
    for (const delivery of this.all()) this.#index(delivery.id);
  }

  /** Until everything due was attempted once and nothing is in flight. */
  async settled(): Promise<void> {
    for (this.pump(); this.#running.size > 0; this.pump()) await Promise.all(this.#running.values());
  }

  /** Until nothing is in flight; starts nothing. */
  async idle(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  /** Until the endpoints answered (anything) to this event, at most so long; at once while deliveries are held. */
  async firstAnswer(event: string, limitMs: number): Promise<void> {
    this.pump();
    const running = this.#pendingOf(event).flatMap((delivery) => this.#running.get(delivery.id) ?? []);
    if (running.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([Promise.all(running), limit]);
    clearTimeout(timer);
  }

  /** Sends an event now to each of its endpoints, whatever happened before. Answers the HTTP statuses. */
  async deliver(event: string): Promise<(number | null)[]> {
    const rows = this.#options.world.store.where("deliveries", "event", event);
    return this.#sendAll(rows.filter(({ manual }) => manual !== true));
  }

  /**
   * Sends an event once more, to one endpoint or to all that want it, beside what goes on by itself. Answers the HTTP
   * statuses. Throws a StripeError when there is no such event or endpoint.
   */
  resend(event: string, endpoint?: string): Promise<(number | null)[]> {
    const { world } = this.#options;
    const rows = writeResend(world, event, endpoint);
    world.store.commit();
    return this.#sendAll(rows);
  }

  /** Loses an event on its way: it counts as sent and is never tried again. */
  drop(event: string): void {
    for (const delivery of this.#pendingOf(event)) this.#finish(delivery, "dropped");
    this.#options.world.store.commit();
  }

  /** What is on its way to an endpoint that was deleted. A disabled one may be enabled again before the next retry. */
  #giveUpLost(): void {
    const { store } = this.#options.world;
    const lost = [...this.#pending.values()].filter(
      ({ id, endpoint }) => store.get("endpoints", endpoint) === undefined && !this.#running.has(id),
    );
    for (const delivery of lost) this.#finish(delivery, "dropped");
    if (lost.length > 0) store.commit();
  }

  async #sendAll(rows: readonly Delivery[]): Promise<(number | null)[]> {
    for (const row of rows) await this.#send(row.id);
    return rows.map((row) => this.#options.world.store.get("deliveries", row.id)?.lastStatus ?? null);
  }

  #index(id: string): void {
    const delivery = this.#options.world.store.get("deliveries", id);
    if (delivery?.status === "pending") this.#pending.set(id, delivery);
    else this.#pending.delete(id);
  }

  #pendingOf(event: string): Delivery[] {
    return this.#options.world.store
      .where("deliveries", "event", event)
      .filter((delivery) => delivery.status === "pending");
  }

  #stands(): boolean {
    return this.hold || this.#options.chaos.isDown();
  }

  #isDue(delivery: Delivery): boolean {
    if (delivery.held === true || this.#running.has(delivery.id)) return false;
    return this.#options.wall() >= delivery.dueWall || this.#options.clock() >= delivery.dueClock;
  }

  #enqueue(event: Stripe.Event): void {
    const { world, chaos, wall, clock } = this.#options;
    sendOut(world, event, { chaos, wall: wall(), clock: clock() });
    this.#noteDelivered(event);
  }

  #send(id: string, after?: Promise<void>): Promise<void> {
    const all = this.#running;
    const running = all.get(id);
    if (running !== undefined) return running;
    const attempt = after === undefined ? this.#attempt(id) : after.then(() => this.#attempt(id));
    const sending = attempt.finally(() => all.delete(id));
    all.set(id, sending);
    return sending;
  }

  async #attempt(id: string): Promise<void> {
    const { world, poster, log, wall, clock } = this.#options;
    const all = this.#running;
    const delivery = world.store.get("deliveries", id);
    const event = delivery && world.store.get("events", delivery.event);
    const endpoint = delivery && world.store.get("endpoints", delivery.endpoint);
    if (delivery === undefined || event === undefined) return;
    if (endpoint?.status !== "enabled") {
      this.#finish(delivery, "dropped");
      world.store.commit();
      return;
    }
    const pending_webhooks = Math.max(1, world.pendingWebhooks(event.id));
    const { body, headers } = envelope({
      body: JSON.stringify({ ...renderFor(world, event, endpoint.api_version), pending_webhooks }, null, 2),
      secrets: world.store.get("endpointSecrets", endpoint.id)?.secrets ?? [],
      wall: wall(),
      clock: clock(),
      hits: (delivery.spoilt ?? []).filter(({ times }) => delivery.attempts < times),
    });
    const [at, wallAt] = [clock(), wall()];
    const result = await poster.post(endpoint.url, body, headers);
    log(
      `webhook ${event.type} ${event.id} → ${endpoint.url}: ${"status" in result ? result.status : result.error}`,
    );
    if (all !== this.#running) return; // another state was restored meanwhile
    this.#record(id, result, { at, wallAt, took: wall() - wallAt });
    world.store.commit();
  }

  #record(id: string, result: PostResult, when: Pick<DeliveryAttempt, "at" | "wallAt" | "took">): void {
    const { world, clock, wall, profile } = this.#options;
    const before = world.store.get("deliveries", id);
    if (before === undefined) return; // forgotten by a reset meanwhile
    const attempts = before.attempts + 1;
    const lastStatus = "status" in result ? result.status : null;
    const lastError = "error" in result ? result.error : null;
    logAttempt(world.store, {
      delivery: id,
      number: attempts,
      ...when,
      status: lastStatus,
      error: lastError,
    });
    const after = world.store.put("deliveries", { ...before, attempts, lastStatus, lastError });
    const taken = lastStatus !== null && lastStatus >= 200 && lastStatus < 300;
    const wait = before.manual === true ? null : retryDelay(profile, attempts);
    if (taken) this.#finish(after, "succeeded");
    else if (before.status !== "pending") return;
    else if (wait === null) this.#finish(after, "exhausted");
    else world.store.put("deliveries", { ...after, dueWall: wall() + wait, dueClock: clock() + wait });
  }

  #finish(delivery: Delivery, status: "succeeded" | "exhausted" | "dropped"): void {
    const { world } = this.#options;
    const answeredAt = status === "succeeded" ? world.now() : delivery.answeredAt;
    world.store.put("deliveries", { ...delivery, status, answeredAt });
    const event = world.store.get("events", delivery.event);
    if (event !== undefined) this.#noteDelivered(event);
  }

  /** A renewal's draft waits until all endpoints have taken its `invoice.created`. */
  #noteDelivered(event: Stripe.Event): void {
    if (event.type !== "invoice.created" || this.#pendingOf(event.id).length > 0) return;
    const { world } = this.#options;
    const invoice = world.store.get("invoices", event.data.object.id);
    if (invoice?.webhooks_delivered_at !== null) return;
    world.change("invoices", invoice.id, { webhooks_delivered_at: world.now() });
  }
}
