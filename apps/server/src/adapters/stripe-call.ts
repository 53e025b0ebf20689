import { StripeError } from "@liveassist/api";
import Stripe from "stripe";
import { withDeadline } from "./stripe-deadline.ts";

/** Runs a call; a failure becomes a `StripeError` that says whether trying again can help. */
export async function call<T>(work: () => Promise<T>): Promise<T> {
  try {
    return answered(await withDeadline(work()));
  } catch (error) {
    throw toStripeError(error);
  }
}

/** Like `call`, but null when Stripe answers that there is no such object. */
export async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return answered(await withDeadline(work()));
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && isMissing(error)) return null;
    throw toStripeError(error);
  }
}

/**
 * A list about an unknown customer is a 400 with this code, everything else a 404 (stripe-facts §7). A page whose cursor
 * was deleted meanwhile (a draft invoice can be) looks the same, and says nothing of the customer.
 */
const isMissing = (error: Stripe.errors.StripeError): boolean =>
  error.param !== "starting_after" && (error.statusCode === 404 || saysMissing(error));

/** True when Stripe says that the object does not exist, or is over (stripe-facts §7). */
export const saysMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError && error.code === "resource_missing";

/** A 5xx whose JSON has no `error` comes back from the SDK as a success (stripe-facts §7): it says nothing about anything. */
function answered<T>(answer: T): T {
  const status =
    (answer as { lastResponse?: { statusCode?: number } } | null)?.lastResponse?.statusCode ?? 200;
  if (status < 400) return answer;
  throw new StripeError("unavailable", `Stripe ${status}: an answer without an error in it`, null);
}

/** The same answer to a list ends in this one, a plain error of the SDK. */
const NO_LIST = /well-formed `data` array/;

function toStripeError(error: unknown): unknown {
  if (error instanceof Error && NO_LIST.test(error.message))
    return new StripeError("unavailable", `Stripe: ${error.message}`, error);
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const status = error.statusCode ?? 0;
  // A page whose cursor vanished is listed anew at the next try.
  const isLostPage = error.param === "starting_after";
  const passes = status === 0 || status === 409 || status === 429 || status >= 500 || isLostPage;
  return new StripeError(
    passes ? "unavailable" : "rejected",
    `Stripe ${status || "network"}: ${error.message}`,
    error,
  );
}
