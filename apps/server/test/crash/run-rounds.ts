import type { CrashReport } from "./crash-report.ts";
import type { KillablePostgres } from "./killable-postgres.ts";
import { type Lane, type LaneOptions, openLane } from "./lane.ts";
import { describeRound, type Round } from "./plan-rounds.ts";
import { runRound } from "./run-round.ts";

interface Running {
  readonly postgres: KillablePostgres;
  readonly lane: LaneOptions;
  readonly report: CrashReport;
  /** Told of each round as it ends. */
  readonly onRound?: (line: string) => void;
}

/** Runs rounds one after the other in a lane of its own, from a list that several lanes share. */
export async function runRounds(queue: Round[], running: Running): Promise<void> {
  const { postgres, report } = running;
  let lane: Lane | null = null;
  for (let round = queue.shift(); round; round = queue.shift()) {
    lane ??= await openLane(postgres, { ...running.lane, seed: round.seed });
    const said = describeRound(round);
    const lost = await told(lane, round, running).catch(async (error: unknown) => {
      const wrong = `${said}\n${error instanceof Error ? error.message : String(error)}`;
      report.failures.push(wrong);
      running.onRound?.(`WRONG: ${wrong}`);
      return lane;
    });
    report.rounds += 1;
    running.onRound?.(said);
    if (lost) {
      await closeLane(lane, report);
      lane = null;
    }
  }
  if (lane) await closeLane(lane, report);
}

/** Runs it again, at the first time, when its kill did not come. */
async function told(lane: Lane, round: Round, { postgres, report }: Running): Promise<null> {
  const isStruck = await runRound(lane, round, postgres);
  const again = "point" in round.at ? { ...round, at: { ...round.at, nth: 1 } } : null;
  if (isStruck || (again && (await runRound(lane, again, postgres)))) {
    if ("point" in round.at) report.struck.set(round.at.point, (report.struck.get(round.at.point) ?? 0) + 1);
  } else report.missed.push(describeRound(round));
  return null;
}

async function closeLane(lane: Lane, report: CrashReport): Promise<void> {
  report.serverKills += lane.server.kills;
  await lane.close();
}
