import { ALERTS, type AlertName } from "@liveassist/shared/alerts";
import { INDICATORS } from "@liveassist/shared/indicators";
import type { Incident } from "./keep-incidents.ts";

const RUNBOOK = "docs/operations/runbook.md";

const isAlert = (name: string): name is AlertName => Object.hasOwn(ALERTS, name);

/**
 * What the alert webhook is told of an incident as it stands, in words that Slack shows as they are: what is wrong, the value
 * against its threshold, since when, and where to go on. One that ended before anybody was told is told once, as both.
 */
export function alertText(incident: Incident, appUrl: string): string {
  const { alert, severity, openedAt, closedAt, toldOpenAt } = incident;
  const summary = isAlert(alert) ? ALERTS[alert].summary : "";
  const since = moment(openedAt);
  const where = `Console: ${appUrl}/operations · Runbook: ${RUNBOOK}#${alert}`;
  if (closedAt === null)
    return `🔴 ${alert} (${severity}): ${summary}\n${measured(incident)}, since ${since}.\n${where}`;
  const lasted = `from ${since} to ${moment(closedAt)}`;
  if (toldOpenAt !== null) return `🟢 ${alert} is over. It lasted ${lasted}.\n${where}`;
  return `🟢 ${alert} was here and is over, ${lasted}; it could not be told before. ${summary}\n${where}`;
}

const moment = (at: Date): string => `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;

function measured({ alert, value, threshold }: Incident): string {
  if (!isAlert(alert)) return `It is ${value}, above ${threshold}`;
  const { indicator } = ALERTS[alert];
  const show = SHOWN[INDICATORS[indicator]];
  return `${indicator} is ${show(value)}, above ${show(threshold)}`;
}

const SHOWN = {
  share: (value: number) => `${Number((value * 100).toPrecision(3))} %`,
  seconds: (value: number) => `${Math.round(value)} s`,
  count: (value: number) => String(value),
} as const;
