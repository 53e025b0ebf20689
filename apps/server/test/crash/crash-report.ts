/** What a run did and found. */
export interface CrashReport {
  readonly seed: number;
  /** How often a kill came at each point. */
  readonly struck: Map<string, number>;
  rounds: number;
  serverKills: number;
  postgresKills: number;
  /** Rounds whose kill never came, in words. */
  readonly missed: string[];
  /** Wrong states, each with the round that led there. */
  readonly failures: string[];
}

/** An empty one. */
export const newReport = (seed: number): CrashReport => ({
  seed,
  struck: new Map(),
  rounds: 0,
  serverKills: 0,
  postgresKills: 0,
  missed: [],
  failures: [],
});

/** For people: every point with its kills, the totals, and what went wrong. */
export function describeReport(report: CrashReport, seconds: number): string {
  const points = [...report.struck].sort().map(([point, times]) => `${String(times).padStart(5)}  ${point}`);
  return [
    ...points,
    "",
    `${report.rounds} rounds in ${Math.round(seconds)} s with seed ${report.seed}: ${report.serverKills} kills of the server, ` +
      `${report.postgresKills} of Postgres, at ${report.struck.size} points and at random moments.`,
    ...report.missed.map((round) => `The kill never came: ${round}`),
    ...report.failures.map((failure) => `WRONG: ${failure}`),
    report.failures.length === 0 ? "No wrong state." : `${report.failures.length} wrong states.`,
  ].join("\n");
}
