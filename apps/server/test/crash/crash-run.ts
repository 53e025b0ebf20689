import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chanceOf } from "./chance.ts";
import { type CrashReport, newReport } from "./crash-report.ts";
import { type KillablePostgres, startKillablePostgres } from "./killable-postgres.ts";
import { openLane } from "./lane.ts";
import type { Round } from "./plan-rounds.ts";
import { type Met, recordStory } from "./record-points.ts";
import { runRounds } from "./run-rounds.ts";
import { STORIES } from "./stories.ts";

/** A Postgres, a folder for compiled code, and what is told in them. */
export interface CrashRun {
  readonly report: CrashReport;
  /** Tells every story once without a kill, and answers which points lie on the way. */
  record(): Promise<Met>;
  /** Runs rounds, so many lanes at a time; rounds that kill Postgres never share theirs with another. */
  run(rounds: readonly Round[], lanes: number): Promise<void>;
  /** Begins no further round; those under way are told to their end. */
  endSoon(): void;
  close(): Promise<void>;
}

/** Opens a run. `onRound` is told of each round as it ends. */
export async function openCrashRun(seed: number, onRound?: (line: string) => void): Promise<CrashRun> {
  const compileCache = await mkdtemp(join(tmpdir(), "liveassist-compiled-"));
  const postgres = await startKillablePostgres();
  const report = newReport(seed);
  const chance = chanceOf(seed);
  const queues: Round[][] = [];
  const options = () => ({ compileCache, seed: Math.floor(chance() * 1_000_000) });

  /** One lane, for as long as its list has rounds; lists are shared. */
  const tell = (queue: Round[], on: KillablePostgres): Promise<void> =>
    runRounds(queue, { postgres: on, lane: options(), report, ...(onRound ? { onRound } : {}) });

  async function alone(queue: Round[]): Promise<void> {
    const own = await startKillablePostgres();
    try {
      await tell(queue, own);
    } finally {
      report.postgresKills += own.kills();
      await own.stop();
    }
  }

  return {
    report,
    async record() {
      const queue = [...STORIES];
      const met = new Map<string, Map<string, number>>();
      const tellSome = async (): Promise<void> => {
        const lane = await openLane(postgres, options());
        try {
          for (let story = queue.shift(); story; story = queue.shift())
            met.set(story.name, await recordStory(lane, story));
        } finally {
          await lane.close();
        }
      };
      await Promise.all([tellSome(), tellSome()]);
      return met;
    },
    async run(rounds, lanes) {
      const shared = rounds.filter(({ victim }) => victim === "server");
      const apart = rounds.filter(({ victim }) => victim !== "server");
      queues.push(shared, apart);
      const pools = Math.min(2, lanes, apart.length);
      const one = async (at: number): Promise<void> => {
        if (at < pools) await alone(apart);
        await tell(shared, postgres);
      };
      await Promise.all(Array.from({ length: lanes }, (_, at) => one(at)));
    },
    endSoon() {
      for (const queue of queues) queue.length = 0;
    },
    async close() {
      await postgres.stop();
      await rm(compileCache, { recursive: true, force: true });
    },
  };
}
