import { Schedule } from "./billing/schedule.ts";
import { World } from "./billing/world.ts";
import { Chaos } from "./chaos/chaos.ts";
import { type ShiftedClock, shiftedClock, type TimeSource, WALL } from "./clock.ts";
import { Deliveries } from "./delivery/deliveries.ts";
import { createPoster } from "./delivery/post.ts";
import type { RetryProfile } from "./delivery/retry-profile.ts";
import { randomSource } from "./ids.ts";
import type { Settings } from "./settings.ts";
import { openJournal } from "./store/journal.ts";
import { Store } from "./store/store.ts";

export interface EngineOptions {
  dataFile: string | undefined;
  clock: TimeSource | undefined;
  seed: number | undefined;
  settings: Settings;
  retryProfile: RetryProfile;
  deliveryTimeoutMs: number;
  log: (line: string) => void;
}

const LOOK_EVERY_MS = 200;

/** State, time and deliveries together: what is due happens in order, whether time passes or is advanced. */
export class Engine {
  readonly store: Store;
  readonly world: World;
  readonly deliveries: Deliveries;
  readonly chaos: Chaos;
  readonly #clock: ShiftedClock;
  readonly #schedule: Schedule;
  readonly #timer: NodeJS.Timeout;
  readonly #closePoster: () => void;
  #turn: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: EngineOptions) {
    const journal = options.dataFile === undefined ? null : openJournal(options.dataFile);
    this.store = new Store(journal?.sink ?? null, journal?.changes ?? []);
    this.#clock = shiftedClock(options.clock ?? WALL, this.store.get("meta", "clock_offset")?.value ?? 0);
    // After a restart a seeded source must not repeat the ids it gave before.
    const seed = options.seed === undefined ? undefined : options.seed + this.#size() * 7919;
    this.world = new World(this.store, () => this.now(), {
      settings: options.settings,
      random: randomSource(seed),
    });
    this.chaos = new Chaos(options.seed ?? 1);
    const poster = createPoster(options.deliveryTimeoutMs);
    this.#closePoster = () => poster.close();
    this.deliveries = new Deliveries({
      world: this.world,
      poster,
      profile: options.retryProfile,
      chaos: this.chaos,
      clock: () => this.now(),
      wall: WALL.now,
      log: options.log,
    });
    this.deliveries.release(); // rules of chaos do not survive a restart, so neither does what they hold
    this.#schedule = new Schedule(this.world);
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  /** The emulator's time in milliseconds. */
  now(): number {
    return this.#clock.now();
  }

  /** When the next thing happens by itself (ms); null when nothing is planned. */
  nextDue(): number | null {
    const next = this.#schedule.next();
    return next === null ? null : Math.max(next.at * 1000, this.now());
  }

  /** Starts what is due by now; called whenever something changed, and a few times a second. */
  look(): void {
    if (this.#closed) return;
    this.deliveries.pump();
    const next = this.#schedule.next();
    if (next !== null && next.at * 1000 <= this.now()) void this.advanceTo(this.now());
  }

  /**
   * Moves the clock to `target` (ms). Everything due until then happens in order, each at its own moment, and its
   * events are on their way before the next thing happens. A target in the past only runs what is overdue.
   */
  advanceTo(target: number): Promise<void> {
    const turn = this.#turn.then(() => this.#run(target));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Until nothing is due and nothing is in flight. */
  async settled(): Promise<void> {
    for (;;) {
      await this.advanceTo(this.now());
      await this.deliveries.settled();
      const next = this.#schedule.next();
      if (this.deliveries.isQuiet() && (next === null || next.at * 1000 > this.now())) return;
    }
  }

  /** Nothing goes wrong any more, and what chaos held back is on its way. */
  calm(): void {
    this.chaos.clear();
    this.deliveries.release();
    this.look();
  }

  /** Forgets everything but the clock. Endpoints given at the start are registered again by the caller. */
  reset(): void {
    this.chaos.reset();
    this.store.clear();
    this.#keepOffset();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#closePoster();
    await this.#turn;
    await this.deliveries.idle();
    this.store.close();
  }

  async #run(target: number): Promise<void> {
    for (
      let due = this.#schedule.next();
      due !== null && due.at * 1000 <= target;
      due = this.#schedule.next()
    ) {
      if (this.#closed) return;
      this.#jump(due.at * 1000);
      this.world.at(due.at, due.run);
      this.store.commit();
      await this.deliveries.settled();
    }
    this.#jump(target);
    this.deliveries.pump();
  }

  #jump(ms: number): void {
    if (ms <= this.now()) return;
    this.#clock.jumpTo(ms);
    this.#keepOffset();
  }

  #keepOffset(): void {
    this.store.put("meta", { id: "clock_offset", value: this.#clock.offset });
    this.store.commit();
  }

  #size(): number {
    return this.store.count("events") + this.store.count("deliveries") + this.store.count("sessions");
  }
}
