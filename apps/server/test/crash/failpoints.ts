import { setTimeout as pause } from "node:timers/promises";

/** Long enough for an answer to leave the process. */
const HELD_MS = 25;

/** What strikes at a point: the process kills itself, or whoever started it strikes while the process waits. */
export type Strike = "server" | "outside";

/** At which effect, and at which time it is met. */
export interface Armed {
  readonly point: string;
  readonly nth: number;
  readonly strike: Strike;
}

/** Every effect passes here twice: `before` it is asked for, and `after` its answer came and before anybody uses it. */
export class Failpoints {
  private readonly counts = new Map<string, number>();
  private armed: Armed | null = null;
  private met = 0;
  private readonly askOutside: (armed: Armed) => Promise<void>;

  constructor(askOutside: (armed: Armed) => Promise<void>) {
    this.askOutside = askOutside;
  }

  arm(armed: Armed | null): void {
    this.armed = armed;
    this.met = 0;
  }

  /** How often each point was met since the last call. */
  takeCounts(): Record<string, number> {
    const taken = Object.fromEntries(this.counts);
    this.counts.clear();
    return taken;
  }

  /** For an effect that nobody awaits: it can be killed at, but not made to wait. */
  meet(point: string): void {
    if (this.isStruck(point)?.strike === "server") die();
  }

  async awaitAt(point: string): Promise<void> {
    const struck = this.isStruck(point);
    if (!struck) return;
    if (struck.strike === "outside") return this.askOutside(struck);
    // What was promised too early gets out while the effect it should have waited for is held back.
    if (point.endsWith("before")) await pause(HELD_MS);
    die();
  }

  private isStruck(point: string): Armed | null {
    this.counts.set(point, (this.counts.get(point) ?? 0) + 1);
    if (this.armed?.point !== point) return null;
    this.met += 1;
    if (this.met !== this.armed.nth) return null;
    const { armed } = this;
    this.armed = null;
    return armed;
  }

  /** Performs an awaited effect between its two points. */
  async around<T>(effect: string, perform: () => PromiseLike<T>): Promise<T> {
    await this.awaitAt(`${effect}: before`);
    const answer = await perform();
    await this.awaitAt(`${effect}: after`);
    return answer;
  }
}

/** Nothing of this process runs after it: no handler, no flush. */
function die(): void {
  process.kill(process.pid, "SIGKILL");
}
