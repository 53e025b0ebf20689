import { INDICATORS, type IndicatorName, type Readings } from "@liveassist/shared/indicators";
import type { Deps } from "../deps.ts";
import { countPayersOnFree } from "./count-payers-on-free.ts";
import { measureLedger } from "./measure-ledger.ts";
import { measureActivations, measureRates } from "./measure-rates.ts";
import { measureServers } from "./measure-servers.ts";

const PARTS = [measureActivations, measureRates, measureLedger, countPayersOnFree, measureServers];

/**
 * Reads every indicator from the database (requirements R33). What cannot be measured now is null, which fires nothing and
 * clears nothing; fails when nothing at all can be read.
 */
export async function measure(deps: Deps): Promise<Readings> {
  const parts = await Promise.allSettled(PARTS.map((part) => part(deps)));
  const failed = parts.filter((part) => part.status === "rejected");
  if (failed.length === parts.length) throw failed[0]?.reason;
  for (const { reason } of failed) deps.log.error({ err: reason }, "an indicator could not be measured");
  const read: Partial<Record<IndicatorName, number | null>> = Object.assign(
    {},
    ...parts.map((part) => (part.status === "fulfilled" ? part.value : {})),
  );
  const names = Object.keys(INDICATORS) as IndicatorName[];
  return Object.fromEntries(names.map((name) => [name, read[name] ?? null])) as Record<
    IndicatorName,
    number | null
  >;
}
