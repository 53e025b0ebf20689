import { incidents } from "@liveassist/db/schema";
import {
  ALERTS,
  type AlertName,
  CLEARS_AFTER,
  countStreaks,
  FIRES_AFTER,
  judgeReadings,
  type Streaks,
  type Verdict,
} from "@liveassist/shared/alerts";
import { INDICATORS, type IndicatorName, type Readings } from "@liveassist/shared/indicators";
import { isNull } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { closeIncident, type Incident, openIncident, seeIncident } from "./keep-incidents.ts";
import { measure } from "./measure.ts";
import { tellIncidents } from "./tell-incidents.ts";
import { writeMinuteCounts } from "./write-minute-counts.ts";

/** What one server remembers from one evaluation to the next; losing it delays an alert by one of them. */
export interface WatchMemory {
  streaks: Streaks;
}

/** Of a server that has just started. */
export const createWatchMemory = (): WatchMemory => ({ streaks: {} });

/**
 * Evaluates every indicator once: opens and closes incidents, shows gauges, tells whom it concerns (requirements R33). Called
 * every ten seconds on every server; an alert is one row, so it is announced once, whichever server sees it first.
 */
export async function watch(deps: Deps, memory: WatchMemory): Promise<void> {
  await writeMinuteCounts(deps);
  const readings = await measure(deps);
  const verdicts = judgeReadings(readings, deps.settings.alertThresholds);
  memory.streaks = countStreaks(memory.streaks, verdicts);
  const before = await openOnes(deps);
  for (const incident of before) await follow(deps, incident, { verdicts, streaks: memory.streaks });
  for (const verdict of verdicts) {
    const isOpen = before.some(({ alert }) => alert === verdict.alert);
    const holds = (memory.streaks[verdict.alert] ?? 0) >= FIRES_AFTER;
    if (verdict.state === "breach" && holds && !isOpen) await openIncident(deps, verdict);
  }
  showGauges(deps, readings, await openOnes(deps));
  await tellIncidents(deps);
}

const openOnes = (deps: Deps): Promise<Incident[]> =>
  deps.db.select().from(incidents).where(isNull(incidents.closedAt));

/** An alert that this version does not know any more is over. */
async function follow(
  deps: Deps,
  incident: Incident,
  { verdicts, streaks }: { verdicts: readonly Verdict[]; streaks: Streaks },
): Promise<void> {
  const verdict = verdicts.find(({ alert }) => alert === incident.alert);
  const isOver = !verdict || -(streaks[verdict.alert] ?? 0) >= CLEARS_AFTER;
  if (isOver) await closeIncident(deps, incident);
  else if (verdict.state === "breach") await seeIncident(deps, incident, verdict);
}

function showGauges({ metrics }: Deps, readings: Readings, open: readonly Incident[]): void {
  for (const name of Object.keys(INDICATORS) as IndicatorName[])
    metrics.set("liveassist_indicator", readings[name] ?? Number.NaN, { name });
  for (const alert of Object.keys(ALERTS) as AlertName[]) {
    const isOpen = open.some((incident) => incident.alert === alert);
    metrics.set("liveassist_incidents_open", isOpen ? 1 : 0, { alert, severity: ALERTS[alert].severity });
  }
}
