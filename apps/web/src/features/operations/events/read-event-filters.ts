import { eventTexts } from "../../../texts/operations-events.ts";
import type { EventFilters, LedgerEvent } from "./hooks.ts";

/** The filters of the ledger as they stand in the address. */
export const EVENT_FILTERS = ["type", "state", "user", "customer", "from", "to"] as const;
type Named = Partial<Record<(typeof EVENT_FILTERS)[number], string>>;

export const STATES = Object.keys(eventTexts.states) as LedgerEvent["outcome"][];

/** What the server is asked, by the address; what nobody can understand there is left out. */
export function readEventFilters({ type, state, user, customer, from, to }: Named): EventFilters {
  const outcome = STATES.find((known) => known === state);
  return {
    ...(type ? { type } : {}),
    ...(outcome ? { outcome } : {}),
    ...(user ? { userId: user } : {}),
    ...(customer ? { customerId: customer } : {}),
    ...moment("from", from),
    ...moment("to", to),
  };
}

function moment<Name extends string>(name: Name, iso: string | undefined): { [K in Name]?: string } {
  const at = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(at) ? {} : ({ [name]: new Date(at).toISOString() } as { [K in Name]?: string });
}
