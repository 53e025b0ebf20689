import type { Logger } from "@liveassist/api";
import type { Sql } from "@liveassist/db";
import { type Effect, Effects, type Verdict } from "../effects.ts";
import type { Figures } from "../figures.ts";
import type { Letter, Seal } from "../letters.ts";
import type { Rows } from "../rows.ts";
import { drawsFrom } from "../seeded-draws.ts";
import { type Person, Stage } from "../stage.ts";
import { deliverTo } from "./deliver-to.ts";
import { gatedDatabase } from "./gated-database.ts";
import { gatedFetch } from "./gated-stripe.ts";
import { forgetDisk, MemoryFiles, rememberDisk } from "./memory-files.ts";
import type { Turn, Upload } from "./quota-moves.ts";
import { readRows } from "./read-rows.ts";
import { type ServedProcess, startProcess } from "./served-process.ts";
import { processOf, VirtualTime } from "./virtual-time.ts";

/** Something asked of a process and not answered yet. */
export interface Errand {
  readonly server: string;
  readonly what: string;
  readonly since: number;
}

/** Two processes, Stripe, people and time: everything one seed plays with. */
export class Life extends Stage {
  readonly effects = new Effects();
  readonly time: VirtualTime;
  readonly errands = new Set<Errand>();
  readonly sql: Sql;
  /** What people sent, as far as they were answered. */
  readonly uploads: Upload[] = [];
  readonly turns: Turn[] = [];
  readonly files = new MemoryFiles();
  processes: ServedProcess[] = [];
  databaseFaults = 0;
  #started = 0;

  constructor(sql: Sql, seed: number, figures: Figures) {
    super(seed, figures);
    this.sql = sql;
    this.time = new VirtualTime(() => this.core.now());
    const readings = drawsFrom(seed ^ 0xbead);
    this.effects.passes = (kind, label) =>
      kind === "statement" && label.startsWith("select") && readings.fraction() < 0.85;
  }

  async begin(): Promise<void> {
    this.time.install(this.draws.below(2 ** 31));
    forgetDisk();
    await this.openStripe();
    this.startProcess();
    this.startProcess();
  }

  end(): void {
    for (const process of this.processes) this.kill(process.name);
    this.time.uninstall();
    rememberDisk();
  }

  async signUp({ id, name }: Person): Promise<void> {
    await this.sql`insert into users (id, name, email) values (${id}, ${name}, ${`${id}@example.com`})`;
  }

  readRows(afterOutboxId: number): Promise<Rows> {
    return readRows(this.sql, afterOutboxId);
  }

  deliver(letter: Letter, how: { seal: Seal; at: number }): void {
    deliverTo(this, letter, how);
  }

  startProcess(): void {
    const name = `server ${++this.#started}`;
    const gate = { effects: this.effects, server: name };
    const watched = {
      onWrite: () => {
        this.wrote = true;
      },
      onNumber: (seq: number, askedAt: number) => this.observations.drawn(seq, { step: this.step, askedAt }),
      onStored: (eventIds: readonly string[]) => {
        for (const id of eventIds) this.storedIn.set(id, this.storedIn.get(id) ?? this.step);
      },
      onOutside: (text: string) =>
        void this.faults.push(`inside a transaction another connection is asked: ${text}`),
      onDeath: (server: string) => this.kill(server),
    };
    const db = gatedDatabase({ ...gate, sql: this.sql, watched, now: () => this.now() });
    const fetch = gatedFetch({
      ...gate,
      core: this.core,
      replicas: this.replicas,
      step: () => this.step,
      onCall: () => {
        this.stripeMoved = true;
      },
    });
    const now = () => this.now();
    const { draws, files } = this;
    const parts = { name, db, fetch, now, draws, files, log: this.#logger(name) };
    this.processes.push(startProcess(parts));
  }

  kill(name: string): void {
    if (this.effects.isDead(name)) return;
    for (const request of this.effects.kill(name)) this.#mayArrive(request);
    this.time.forget(name);
    this.processes = this.processes.filter((process) => process.name !== name);
    for (const errand of this.errands) if (errand.server === name) this.errands.delete(errand);
  }

  /** Asks a process for something; what comes of it is heard unless the process dies. */
  ask<T>(server: ServedProcess, what: string, errand: Ask<T>): void {
    const open: Errand = { server: server.name, what, since: this.step };
    this.errands.add(open);
    const faults = this.databaseFaults;
    const ended = (end: () => void): void => {
      if (this.effects.isDead(server.name)) return;
      this.errands.delete(open);
      end();
    };
    processOf.run(server.name, () => {
      errand.work(server).then(
        (answer) => ended(() => errand.done?.(answer, open)),
        (error: unknown) => ended(() => errand.failed?.(error, this.databaseFaults > faults)),
      );
    });
  }

  /** Lets an effect through, one way or another, and waits until everything waits again. */
  async release(effect: Effect, verdict: Verdict): Promise<void> {
    this.effects.take(effect).settle(verdict);
    await this.effects.settled();
  }

  async afterTime(): Promise<void> {
    for (let run = this.time.takeDue(); run !== null; run = this.time.takeDue()) {
      run();
      await this.effects.settled();
    }
  }

  /** A killed process had asked Stripe for something that was on its way: Stripe gets it, or not. */
  #mayArrive(request: Effect): void {
    if (this.draws.fraction() < 0.5) request.settle({ kind: "ok" });
  }

  /** A failure that is a mistake of ours shows in the log as an error of the language. */
  #logger(name: string): Logger {
    const look = (fields: Record<string, unknown>): void => {
      const error = fields["err"];
      const isOurs =
        error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
      if (isOurs && error.message !== "fetch failed") this.faults.push(`${name} stumbled: ${error.stack}`);
    };
    return { debug: () => {}, info: () => {}, warn: look, error: look };
  }
}

export interface Ask<T> {
  readonly work: (server: ServedProcess) => Promise<T>;
  readonly done?: (answer: T, errand: Errand) => void;
  readonly failed?: (error: unknown, databaseFailed: boolean) => void;
}
