import { badParam } from "../http/errors.ts";

/** Three years at most (the SDK's comment on `recurring.interval_count`). */
const MOST: Record<string, number> = { day: 3 * 365, week: 156, month: 36, year: 3 };

interface Sent {
  interval: string;
  interval_count?: number | null;
}

/** How often a price is charged; `at` names the parameter. An interval of nothing, or beyond three years, is a 400. */
export function billingInterval(
  { interval, interval_count }: Sent,
  at: string,
): { interval: string; interval_count: number } {
  const count = interval_count ?? 1;
  const param = `${at}[interval_count]`;
  if (count < 1)
    throw badParam("parameter_invalid_integer", "This value must be greater than or equal to 1.", param);
  const most = MOST[interval] ?? 1;
  if (count <= most) return { interval, interval_count: count };
  throw badParam(
    "parameter_invalid_integer",
    `The maximum interval is three years: \`interval_count\` can be at most ${most} with an interval of \`${interval}\`.`,
    param,
  );
}
