import { servers } from "@liveassist/db/schema";
import { ALERTS, type AlertName, judgeReadings } from "@liveassist/shared/alerts";
import { INDICATORS, type IndicatorName } from "@liveassist/shared/indicators";
import type { indicatorsOutput } from "@liveassist/shared/inputs/operations";
import { asc } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { measure } from "./measure.ts";
import { isLiving } from "./measure-servers.ts";

const STATES = { breach: "alert", clear: "ok", unknown: "unknown" } as const;

/** How things are now: each indicator with the alert that watches it, and the servers that live. */
export async function readIndicators(deps: Deps, _actor: Actor): Promise<z.infer<typeof indicatorsOutput>> {
  const [readings, living] = await Promise.all([
    measure(deps),
    deps.db.select().from(servers).where(isLiving(deps)).orderBy(asc(servers.startedAt)),
  ]);
  const verdicts = judgeReadings(readings, deps.settings.alertThresholds);
  return {
    at: new Date(deps.clock.wall()).toISOString(),
    indicators: (Object.keys(INDICATORS) as IndicatorName[]).map((name) => {
      const verdict = verdicts.find(({ alert }) => ALERTS[alert].indicator === name);
      const value = readings[name];
      return {
        name,
        unit: INDICATORS[name],
        value,
        alert: (verdict?.alert ?? null) satisfies AlertName | null,
        threshold: verdict?.threshold ?? null,
        state: verdict ? STATES[verdict.state] : value === null ? "unknown" : "ok",
      };
    }),
    servers: living.map((server) => ({
      id: server.serverId,
      started_at: server.startedAt.toISOString(),
      seen_at: server.seenAt.toISOString(),
      sockets: server.sockets,
      tail_lag_ms: server.tailLagMs,
      stripe_ok_at: server.stripeOkAt?.toISOString() ?? null,
      stripe_failed_at: server.stripeFailedAt?.toISOString() ?? null,
    })),
    tells: deps.alerts !== null,
  };
}
