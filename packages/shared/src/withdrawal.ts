import { nextDayStart } from "./quota.ts";
import { isOver } from "./subscription.ts";

/** Whole days to change one's mind after the day the contract was concluded (directive 2011/83/EU, art. 9; 2005:59 2 kap. 10 §). */
export const WITHDRAWAL_DAYS = 14;

/**
 * The first moment at which a withdrawal is too late, epoch milliseconds. The day of the contract does not count, and the
 * last of the 14 days is a whole one where the consumer is (regulation 1182/71, art. 3), also when the clocks change.
 */
export function withdrawalEnd(concludedAt: number, timeZone: string): number {
  let at = concludedAt;
  for (let day = 0; day <= WITHDRAWAL_DAYS; day++) at = nextDayStart(timeZone, at);
  return at;
}

/** What decides about one subscription. Times are epoch milliseconds. */
export interface Contract {
  readonly id: string;
  readonly status: string;
  readonly concludedAt: number;
  readonly everPaid: boolean;
  /** When its withdrawal was received; null: it was not. */
  readonly withdrawnAt: number | null;
}

export interface WithdrawalRight {
  readonly state: "none" | "possible" | "over" | "received";
  /** The contract that is spoken of; null only for `none`. */
  readonly contract: Contract | null;
  /** Everything a statement made now ends: all that may still be withdrawn from, so that none is forgotten or paid for twice. */
  readonly covered: readonly Contract[];
}

/**
 * Whether a user may withdraw at a moment (issue 3, point 5). A subscription that has ended counts while it cost something:
 * cancelling ends a contract for the future and must not cost the consumer the money that withdrawing would have given back.
 */
export function withdrawalRight(
  contracts: readonly Contract[],
  { now, timeZone }: { now: number; timeZone: string },
): WithdrawalRight {
  const liveFirst = [...contracts].sort(
    (a, b) => Number(isOver(a.status)) - Number(isOver(b.status)) || b.concludedAt - a.concludedAt,
  );
  const standing = liveFirst.filter((one) => one.withdrawnAt === null);
  const covered = standing.filter(
    (one) => (!isOver(one.status) || one.everPaid) && now < withdrawalEnd(one.concludedAt, timeZone),
  );
  const [first] = covered;
  if (first) return { state: "possible", contract: first, covered };
  const late = standing.find((one) => !isOver(one.status));
  if (late) return { state: "over", contract: late, covered };
  const received = contracts
    .filter((one) => one.withdrawnAt !== null)
    .sort((a, b) => (b.withdrawnAt ?? 0) - (a.withdrawnAt ?? 0))[0];
  return received
    ? { state: "received", contract: received, covered }
    : { state: "none", contract: null, covered };
}
