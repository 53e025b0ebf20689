import { formats } from "../../../lib/format.ts";
import { driftTexts } from "../../../texts/operations-ledger.ts";
import type { Walk } from "./hooks.ts";

/** The walk that somebody asked for here. */
export interface AskedWalk {
  walk_id: number;
  is_new: boolean;
}

const texts = driftTexts.walk;

/** What is said about a walk that was asked for: that it begins, and how it ended. */
export function walkNews({ walk_id, is_new }: AskedWalk, newest: Walk | undefined): string {
  if (!newest || newest.id < walk_id) return is_new ? texts.started : texts.joined;
  if (newest.state === "running") return is_new ? texts.underWay : texts.joined;
  if (newest.state === "stopped") return texts.stoppedShort;
  const counted = (["repaired", "failed", "missed_events"] as const).flatMap((name) => {
    const count = newest.counts[name] ?? 0;
    return count === 0 ? [] : [texts.news[name](formats.number(count))];
  });
  return counted.length === 0 ? texts.overClean : texts.overWith(counted.join(", "));
}
