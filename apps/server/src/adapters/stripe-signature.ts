import { AppError } from "@liveassist/shared/errors";
import Stripe from "stripe";

const TOLERANCE_SECONDS = 300;

/**
 * Checks a webhook's signature on the raw body against every configured secret, 300 s tolerance either way by wall time
 * (requirements R13). The SDK accepts timestamps from the future, so those are refused here. Throws `INVALID_SIGNATURE`.
 */
export function verifySignature(
  secrets: readonly string[],
  rawBody: Buffer,
  header: string | undefined,
): void {
  if (!header) throw invalid("the Stripe-Signature header is missing");
  const stamp = /(?:^|,)\s*t=(\d+)/.exec(header)?.[1];
  if (stamp !== undefined && Number(stamp) - Date.now() / 1000 > TOLERANCE_SECONDS) {
    throw invalid("the timestamp lies in the future");
  }
  const { signature } = Stripe.webhooks;
  if (!signature) throw new Error("the Stripe SDK offers no signature check");
  let reason = "no secret matches";
  for (const secret of secrets) {
    try {
      if (signature.verifyHeader(rawBody, header, secret, TOLERANCE_SECONDS)) return;
    } catch (error) {
      // Whatever cannot be checked is not signed: for an empty `v1=` the SDK throws a plain error.
      if (error instanceof Error && /timestamp outside/i.test(error.message))
        reason = "the timestamp is too old";
    }
  }
  throw invalid(reason);
}

const invalid = (reason: string): AppError =>
  new AppError("INVALID_SIGNATURE", `Invalid signature: ${reason}.`);
