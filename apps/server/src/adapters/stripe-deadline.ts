import { StripeError } from "@liveassist/api";

/** Longer than two tries of the SDK with its pause between them. */
const LONGEST_MS = 25_000;

/**
 * Ends a call that takes longer than 25 s as `StripeError unavailable`. The SDK's own timeout counts silence only: an answer
 * that trickles would hold its sync, and whoever shares it, for ever.
 */
export async function withDeadline<T>(work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new StripeError("unavailable", "Stripe network: the answer took too long", null)),
    LONGEST_MS,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
