import { AppError } from "@liveassist/shared/errors";
import type { Received } from "../billing/receive-event.ts";
import type { Deps } from "../deps.ts";
import { looksSent } from "./looks-sent.ts";

interface Delivery {
  readonly rawBody: Buffer;
  readonly signature: string | undefined;
}

/** Counts what became of a delivery to the webhook route, and passes on its answer or error. */
export async function countDelivery(
  deps: Pick<Deps, "metrics" | "settings">,
  delivery: Delivery,
  receive: () => Promise<Received>,
): Promise<Received> {
  const count = (outcome: DeliveryOutcome): void =>
    deps.metrics.count("liveassist_webhook_requests_total", { outcome });
  try {
    const received = await receive();
    count(received.outcome === "stored" && received.ignored ? "ignored" : received.outcome);
    return received;
  } catch (error) {
    count(refusalOf(error, () => looksSent(delivery, deps.settings.livemode)));
    throw error;
  }
}

/** `unsigned`: nothing that Stripe could have sent; it is counted, and alarms nobody. */
type DeliveryOutcome =
  | "stored"
  | "skipped"
  | "ignored"
  | "failed"
  | "invalid"
  | "invalid_signature"
  | "unsigned";

function refusalOf(error: unknown, couldBeStripes: () => boolean): DeliveryOutcome {
  if (!(error instanceof AppError)) return "failed";
  if (error.code === "INVALID_SIGNATURE") return couldBeStripes() ? "invalid_signature" : "unsigned";
  return error.code === "INVALID_INPUT" ? "invalid" : "failed";
}
