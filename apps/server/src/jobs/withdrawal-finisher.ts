import { type Deps, finishDueWithdrawals } from "@liveassist/api";
import type { Vitals } from "../vitals.ts";
import { type Job, repeat } from "./repeat.ts";

/** Looks each second for withdrawals that Stripe or a killed process left unfinished. */
export const startWithdrawalFinisher = (deps: Deps, vitals: Vitals): Job =>
  repeat(deps, vitals, { job: "withdrawal-finisher", turn: () => finishDueWithdrawals(deps) });
