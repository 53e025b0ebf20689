import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Said, Told } from "./crash-server.ts";
import type { Armed } from "./failpoints.ts";

const ENTRY = fileURLToPath(new URL("./crash-server.ts", import.meta.url));
const MOST_LINES = 400;

/** A server in a process of its own that is started again whenever it dies, as a machine's supervisor would. */
export class SupervisedServer {
  /** How often it was killed by SIGKILL, whoever did it. */
  kills = 0;
  /** Deaths that nobody brought about, in words. */
  readonly ownDeaths: string[] = [];
  /** Its last log lines and errors, over all its lives. */
  readonly lines: string[] = [];
  /** When it last began to listen; epoch milliseconds. */
  upSince = 0;
  /** True while it may fail to start, because its database is away. */
  mayFailToStart = false;
  onStruck: (armed: Armed) => Promise<void> = async () => {};
  private readonly environment: Record<string, string>;
  private child: ChildProcess | null = null;
  private isUp = Promise.withResolvers<void>();
  private listens = false;
  private answers: ((said: Said | null) => void)[] = [];
  private ahead = 0;
  private stopping = false;
  private next: Armed | null = null;

  constructor(environment: Record<string, string>) {
    this.environment = environment;
  }

  /** Resolves when it listens. */
  async start(): Promise<void> {
    this.spawn();
    await this.isUp.promise;
  }

  /** Resolves as soon as it listens (again). */
  up = (): Promise<void> => this.isUp.promise;

  async arm(armed: Armed | null): Promise<void> {
    await this.ask({ type: "arm", armed });
  }

  /** Kills it and arms the next life from its first line on. */
  async restartArmed(armed: Armed): Promise<void> {
    this.next = armed;
    this.kill();
    await this.isUp.promise;
  }

  /** Sets its domain time so many milliseconds before wall time, also for its later lives. */
  async setAhead(ms: number): Promise<void> {
    this.ahead = ms;
    await this.ask({ type: "clock", ahead: ms });
  }

  async takeCounts(): Promise<Record<string, number>> {
    const said = await this.ask({ type: "counts" });
    return said?.type === "counts" ? said.counts : {};
  }

  kill(): void {
    this.markDown();
    this.child?.kill("SIGKILL");
  }

  /** The last warnings and errors it logged, shortened. */
  complaints(): string[] {
    const loud = this.lines.filter((line) => !/"level":"(info|debug)"/.test(line));
    return loud.slice(-4).map((line) => `  log: ${line.slice(0, 400)}`);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  private spawn(): void {
    const { PATH = "", HOME = "" } = process.env;
    const armed = this.next ? { CRASH_ARMED: JSON.stringify(this.next) } : {};
    this.next = null;
    const child = fork(ENTRY, {
      env: { PATH, HOME, ...this.environment, CRASH_AHEAD: String(this.ahead), ...armed },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.lines.push(...text.split("\n").filter(Boolean));
        this.lines.splice(0, Math.max(0, this.lines.length - MOST_LINES));
      });
    }
    child.on("message", (said: Said) => this.hear(said));
    child.on("exit", (code, signal) => void this.bury(code, signal));
  }

  private hear(said: Said): void {
    if (said.type === "ready") {
      this.listens = true;
      this.upSince = Date.now();
      this.isUp.resolve();
    } else if (said.type === "struck") {
      void this.onStruck(said.armed).then(() => {
        if (this.child?.connected) this.child.send({ type: "go on" } satisfies Told);
      });
    } else this.answers.shift()?.(said);
  }

  /** Who waits already, waits for the same next life. */
  private markDown(): void {
    if (this.listens) this.isUp = Promise.withResolvers();
    this.listens = false;
  }

  private async bury(code: number | null, signal: string | null): Promise<void> {
    this.markDown();
    for (const answer of this.answers.splice(0)) answer(null);
    if (this.stopping) return;
    if (signal === "SIGKILL") this.kills += 1;
    else if (!this.mayFailToStart) {
      this.ownDeaths.push(`it ended by itself (${signal ?? code}): ${this.lines.slice(-5).join("\n")}`);
    }
    if (signal !== "SIGKILL") await pause(100);
    if (!this.stopping) this.spawn();
  }

  /** Null when it died before it answered: its next life begins with what was asked, or without what was armed. */
  private async ask(told: Told): Promise<Said | null> {
    await this.isUp.promise;
    const { child } = this;
    if (!child?.connected) return null;
    return new Promise((resolve) => {
      this.answers.push(resolve);
      child.send(told, (error) => {
        if (error) resolve(null);
      });
    });
  }
}
