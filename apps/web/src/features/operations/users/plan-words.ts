import type { Formats } from "../../../lib/format.ts";
import { userTexts } from "../../../texts/operations-users.ts";
import type { WholeUser } from "./hooks.ts";

const texts = userTexts.planWords;

type PlanFacts = Pick<WholeUser, "subscription_status" | "subscription_expiry" | "cancel_at" | "deleted_at">;

/** What a user has, in one line. */
export function planWords(facts: PlanFacts, { date }: Pick<Formats, "date">): string {
  const { subscription_status, subscription_expiry, cancel_at, deleted_at } = facts;
  if (deleted_at !== null) return texts.deleted(date(deleted_at));
  if (subscription_status === "free") return texts.free;
  const until = subscription_expiry && date(subscription_expiry);
  const ending = cancel_at && date(cancel_at);
  if (subscription_status === "trial") return ending ? texts.trialEnding(ending) : texts.trial(until);
  return ending ? texts.paidEnding(ending) : texts.paid(until);
}
