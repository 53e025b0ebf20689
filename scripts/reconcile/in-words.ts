import type { WalkReport } from "../../packages/api/src/index.ts";

export type Ending = "finished" | "stopped" | "failed" | "unfinished";

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** What came of a walk, in plain words, a line each. */
export function inWords(
  ending: Ending,
  { walkId, counts, causes, open, seconds, phase }: WalkReport,
): string {
  const of = (name: string): number => counts[name] ?? 0;
  const looked = [
    of("listed") > 0 ? count(of("listed"), "subscription") : null,
    of("asked") > 0 ? `${count(of("asked"), "customer")} one by one` : null,
  ].filter((part) => part !== null);
  const found = Object.values(causes).reduce((sum, n) => sum + n, 0);
  const byCause = Object.entries(causes).map(([cause, n]) => `${n} ${cause.replaceAll("_", " ")}`);
  const lines = [
    first(ending, { walkId, seconds, phase, of }),
    `Looked at ${looked.length > 0 ? looked.join(" and ") : "everything; there is nothing yet"}.`,
    found === 0 ? "No differences." : `${count(found, "difference")}: ${byCause.join(", ")}.`,
    of("backfilled") > 0
      ? `${count(of("backfilled"), "event")} that never arrived ${of("backfilled") === 1 ? "was" : "were"} fetched.`
      : null,
    of("events_refused") > 0 ? "Stripe gives no list of events, so missed ones were not looked for." : null,
    of("asking") > 0
      ? "Stripe's list of all subscriptions was empty or of no use, so each customer was asked about."
      : null,
    of("ask_failed") > 0 ? `Stripe refused to answer about ${count(of("ask_failed"), "customer")}.` : null,
    open > 0
      ? `${count(open, "difference")} ${open === 1 ? "is" : "are"} still there; Operations → Drift and the log say why.`
      : null,
  ];
  return lines.filter((line) => line !== null).join("\n");
}

interface Told {
  readonly walkId: number;
  readonly seconds: number;
  readonly phase: string;
  readonly of: (name: string) => number;
}

function first(ending: Ending, { walkId, seconds, phase, of }: Told): string {
  switch (ending) {
    case "finished":
      return `Walk ${walkId} is done, after ${seconds} s.`;
    case "stopped":
      return [
        `Walk ${walkId} STOPPED: it would take Premium from ${of("downgrades")} of ${count(of("payers"), "payer")}. Nobody was downgraded by it.`,
        "If that is right, run: npm run reconcile -- --accept-downgrades",
      ].join("\n");
    case "failed":
      return `Walk ${walkId} FAILED; the server's log says why (alarm walk_failed).`;
    case "unfinished":
      return `Walk ${walkId} is NOT FINISHED: Stripe or the database does not answer (phase ${phase}). A running server goes on with it.`;
  }
}
