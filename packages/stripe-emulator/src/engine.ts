import { inspect } from "node:util";
import { Schedule } from "./billing/schedule.ts";
import { World } from "./billing/world.ts";
import { Chaos } from "./chaos/chaos.ts";
import { LONGEST_ADVANCE, type ShiftedClock, shiftedClock, type TimeSource, WALL } from "./clock.ts";
import { Deliveries } from "./delivery/deliveries.ts";
import { createPoster } from "./delivery/post.ts";
import type { RetryProfile } from "./delivery/retry-profile.ts";
import { type RandomSource, randomSource } from "./ids.ts";
import type { Settings } from "./settings.ts";
import { openJournal } from "./store/journal.ts";
import { Retention } from "./store/retention.ts";
import type { Snapshot } from "./store/snapshot.ts";
import { Store, WORLD_TABLES } from "./store/store.ts";

export interface EngineOptions {
  dataFile: string | undefined;
  clock: TimeSource | undefined;
  seed: number | undefined;
  settings: Settings;
  retryProfile: RetryProfile;
  deliveryTimeoutMs: number;
  log: (line: string) => void;
  /** Told what is wrong with the emulator itself, when nobody asked for what went wrong. */
  onError: (text: string) => void;
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
  readonly #retention: Retention;
  readonly #random: RandomSource;
  #timer: NodeJS.Timeout | undefined;
  readonly #closePoster: () => void;
  readonly #onError: (text: string) => void;
  #turn: Promise<void> = Promise.resolve();
  /** Grows with every state that is restored: an advance of the time before must not go on in it. */
  #life = 0;
  #closed = false;

  constructor(options: EngineOptions) {
    const journal = options.dataFile === undefined ? null : openJournal(options.dataFile);
    this.store = new Store(journal?.sink ?? null, journal?.changes ?? []);
    this.#clock = shiftedClock(options.clock ?? WALL, this.store.get("meta", "clock_offset")?.value ?? 0);
    this.#random = this.#randomOf(options.seed, journal !== null);
    this.world = new World(this.store, () => this.now(), {
      settings: options.settings,
      random: this.#random,
    });
    this.chaos = new Chaos(options.seed ?? 1);
    this.#onError = options.onError;
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
    this.#retention = new Retention(this.world);
  }

  /** From now on what is due happens by itself: not before it is known where this emulator and its endpoints are. */
  start(): void {
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
    this.look();
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
    this.#retention.sweep();
    const next = this.#schedule.next();
    if (next !== null && next.at * 1000 <= this.now())
      void this.advanceTo(this.now()).catch((error: unknown) =>
        this.#onError(`stripe-emulator: ${inspect(error)}`),
      );
  }

  /**
   * Moves the clock to `target` (ms). Everything due until then happens in order, each at its own moment, and its
   * events are on their way before the next thing happens. A target in the past only runs what is overdue. Rejects
   * with a RangeError beyond LONGEST_ADVANCE, and when it is no moment.
   */
  advanceTo(target: number): Promise<void> {
    if (Number.isNaN(target))
      return Promise.reject(new RangeError("The clock moves by a number of milliseconds, not by NaN."));
    if (target - this.now() > LONGEST_ADVANCE)
      return Promise.reject(new RangeError("The clock can be advanced by 100 years at most."));
    const life = this.#life;
    const turn = this.#turn.then(() => this.#run(target, life));
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

  /** Everything as it is now, to come back to: documents, time, draws, what chaos does and what is held. */
  snapshot(name: string | null = null): Snapshot {
    const numbers = [...this.store.scan("snapshots")].map(({ id }) => Number(id.slice("snap_".length)));
    const snapshot = this.store.put("snapshots", {
      id: `snap_${Math.max(0, ...numbers) + 1}`,
      name,
      at: this.now(),
      wallAt: WALL.now(),
      offset: this.#clock.offset,
      random: this.#random.save(),
      chaos: this.chaos.save(),
      hold: this.deliveries.hold,
      planned: this.#schedule.order(),
      documents: [...this.store.documents(WORLD_TABLES)],
    });
    this.store.commit();
    return snapshot;
  }

  /**
   * Everything as it was when the snapshot was taken. What is in flight or being advanced belongs to the state that is
   * left and changes nothing any more. Throws a RangeError when there is no such snapshot.
   */
  restore(id: string): void {
    const snapshot = this.store.get("snapshots", id);
    if (snapshot === undefined) throw new RangeError(`There is no snapshot ${id}.`);
    this.#life += 1;
    this.#clock.restore(snapshot.offset);
    this.#random.resume(snapshot.random);
    this.chaos.resume(snapshot.chaos);
    this.store.load(snapshot.documents);
    this.#schedule.rebuild(snapshot.planned);
    this.deliveries.hold = snapshot.hold;
    this.deliveries.restart();
    this.#keepOffset();
  }

  /** Throws a RangeError when there is no such snapshot. */
  forgetSnapshot(id: string): void {
    if (this.store.get("snapshots", id) === undefined) throw new RangeError(`There is no snapshot ${id}.`);
    this.store.remove("snapshots", id);
    this.store.commit();
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
    this.#keepOffset(); // and with it where the draws stand
    this.store.close();
  }

  async #run(target: number, life: number): Promise<void> {
    if (life !== this.#life) return;
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
      if (life !== this.#life) return;
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

  /**
   * With a seed, a restart goes on where the draws stood; a data file that does not know begins where none of its ids
   * are repeated.
   */
  #randomOf(seed: number | undefined, kept: boolean): RandomSource {
    if (seed === undefined) return randomSource();
    const random = randomSource(seed + this.#size() * 7919);
    if (!kept) return random;
    if (this.store.get("meta", "seed")?.value === seed)
      random.resume(this.store.get("meta", "random")?.value ?? null);
    this.store.beforeCommit = () => {
      this.store.put("meta", { id: "seed", value: seed });
      this.store.put("meta", { id: "random", value: random.save() ?? 0 });
    };
    return random;
  }

  #size(): number {
    return this.store.count("events") + this.store.count("deliveries") + this.store.count("sessions");
  }
}
