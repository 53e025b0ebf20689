import type { AlertName } from "@liveassist/shared/alerts";
import type { SectionName } from "../parts/sections.ts";

interface Place {
  section: SectionName;
  search?: Record<string, string>;
  hash?: string;
}

/** Where an operator goes when an alert fires. */
export const MEND_PLACES: Record<AlertName, Place> = {
  activations_slow: { section: "events", search: { state: "pending" } },
  webhooks_failing: { section: "", hash: "charts" },
  dead_letters: { section: "dead" },
  events_stuck: { section: "events", search: { state: "pending" } },
  drift_remains: { section: "drifts" },
  checkouts_stuck: { section: "drifts" },
  payers_on_free: { section: "drifts" },
  job_late: { section: "jobs" },
  tail_late: { section: "jobs" },
  stripe_away: { section: "", hash: "servers" },
  ai_failing: { section: "", hash: "charts" },
  flags_waiting: { section: "flags" },
};
