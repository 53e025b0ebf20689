import type { Arrival } from "./read-arrivals.ts";

/** How one type was made: by the Stripe CLI, or why not. */
export interface Trigger {
  readonly type: string;
  /** Null: `stripe trigger` made it, or does not know it. */
  readonly problem: string | null;
  /** The CLI has no way to make it. */
  readonly isUnknown?: boolean;
}

/** Reads what the shell wrote of each trigger: type, a tab, `ok`, `unknown` or what the CLI said. */
export function readTriggers(text: string): Trigger[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [type = "", said = ""] = line.split("\t");
      if (said === "unknown") return { type, problem: null, isUnknown: true };
      return { type, problem: said === "ok" ? null : said };
    });
}

/** Whether every type was made as it should be, and arrived. */
export function isComplete(
  types: readonly string[],
  { triggers, arrivals }: { triggers: readonly Trigger[]; arrivals: readonly Arrival[] },
): boolean {
  return (
    triggers.every(({ problem }) => problem === null) &&
    types.every((type) => arrivals.some((one) => one.type === type))
  );
}

/** The types that the CLI was not asked for, or cannot make. */
export function notByCli(types: readonly string[], triggers: readonly Trigger[]): string[] {
  return types.filter((type) => {
    const trigger = triggers.find((one) => one.type === type);
    return trigger === undefined || trigger.isUnknown === true;
  });
}

/** The table of all types: how each was made, how often it arrived, what became of it. */
export function arrivalTable(
  types: readonly string[],
  { triggers, arrivals }: { triggers: readonly Trigger[]; arrivals: readonly Arrival[] },
): string {
  const rows = types.map((type) => {
    const arrived = arrivals.find((one) => one.type === type);
    const trigger = triggers.find((one) => one.type === type);
    const isFailed = trigger !== undefined && trigger.problem !== null;
    const isByCli = trigger !== undefined && trigger.isUnknown !== true;
    const made = isFailed ? "trigger failed" : isByCli ? "stripe trigger" : "not by the CLI";
    return [
      arrived && !isFailed ? "ok" : "MISSING",
      type,
      made,
      String(arrived?.n ?? 0),
      arrived?.outcomes ?? "",
    ];
  });
  const head = ["", "event", "made by", "arrived", "became"];
  const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  const reasons = triggers.flatMap(({ type, problem }) =>
    problem === null ? [] : [`  ${type}: ${problem}`],
  );
  return [
    line(head),
    ...rows.map(line),
    ...(reasons.length > 0 ? ["", "stripe trigger could not make:", ...reasons] : []),
  ].join("\n");
}
