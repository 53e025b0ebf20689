import { eventTexts } from "../../../texts/operations-events.ts";
import type { WholeEvent } from "./hooks.ts";

const texts = eventTexts.detail;

/** What is said of an event no attempt of which failed. One sync covers all that is known of a customer: many need none of their own. */
export function attemptWords({ attempts, outcome }: Pick<WholeEvent, "attempts" | "outcome">): string {
  if (attempts > 0) return texts.noErrors;
  return outcome === "pending" ? texts.notTried : texts.noneNeeded;
}
