import type { LedgerEvent } from "../events/hooks.ts";

type Letter = Pick<LedgerEvent, "cause" | "customer_id" | "user_id">;

/** Whether a person can say whose it is: its customer is known, and is nobody's yet. */
export const mayAssign = ({ cause, customer_id, user_id }: Letter): boolean =>
  (cause === "no_user" || cause === "contradiction") && customer_id !== null && user_id === null;
