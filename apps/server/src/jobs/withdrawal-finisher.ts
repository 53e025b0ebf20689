import { type Deps, finishDueWithdrawals } from "@liveassist/api";
import { type Job, repeat } from "./repeat.ts";

/** Looks each second for withdrawals that Stripe or a killed process left unfinished. */
export const startWithdrawalFinisher = (deps: Deps): Job =>
  repeat(deps, "finishing withdrawals", () => finishDueWithdrawals(deps));
