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
  meet(point: string): Armed | null {
    this.counts.set(point, (this.counts.get(point) ?? 0) + 1);
    if (this.armed?.point !== point) return null;
    this.met += 1;
    if (this.met !== this.armed.nth) return null;
    const { armed } = this;
    this.armed = null;
    // Nothing of this process runs after this line: no handler, no flush.
    if (armed.strike === "server") process.kill(process.pid, "SIGKILL");
    return armed;
  }

  async awaitAt(point: string): Promise<void> {
    const struck = this.meet(point);
    if (struck) await this.askOutside(struck);
  }

  /** Performs an awaited effect between its two points. */
  async around<T>(effect: string, perform: () => PromiseLike<T>): Promise<T> {
    await this.awaitAt(`${effect}: before`);
    const answer = await perform();
    await this.awaitAt(`${effect}: after`);
    return answer;
  }
}
