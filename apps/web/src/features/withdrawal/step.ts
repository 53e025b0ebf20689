import type { Failure } from "../../lib/failure.ts";
import type { Withdrawal } from "../subscription/types.ts";

/** The two statements a consumer makes: who withdraws, and where the receipt goes. */
export interface Statement {
  name: string;
  email: string;
}

/** Which part of the page is shown. What has been received is the server's word, never this page's memory. */
export type Step =
  | { kind: "none" }
  | { kind: "over"; until: string }
  | { kind: "statement" }
  | { kind: "confirm"; statement: Statement }
  | { kind: "received" };

/** Where the road of withdrawing stands (issue 3, point 5). `stated`: the form, once it has been filled in. */
export function stepOf(withdrawal: Withdrawal, stated: Statement | null): Step {
  switch (withdrawal.state) {
    case "none":
      return { kind: "none" };
    case "over":
      return withdrawal.contract ? { kind: "over", until: withdrawal.contract.until } : { kind: "none" };
    case "received":
      return { kind: "received" };
    case "possible":
      return stated ? { kind: "confirm", statement: stated } : { kind: "statement" };
  }
}

/** A refusal that means the page is out of date: what is true now is read again instead of being called an error. */
export const isOutdated = (failure: Failure): boolean =>
  failure.code === "WITHDRAWAL_OVER" || failure.code === "NO_SUBSCRIPTION";
