import { z } from "zod";

/** What Stripe signs with: a time and 256 bits in hexadecimal (stripe-facts §4). */
const SIGNATURE = /^(?=.*(?:^|,)t=\d{9,11}(?:,|$))(?=.*(?:^|,)v1=[0-9a-f]{64}(?:,|$))[\w=,]{1,2000}$/;

const envelope = z.looseObject({
  object: z.literal("event"),
  id: z.string().startsWith("evt_"),
  type: z.string(),
  livemode: z.boolean(),
  data: z.looseObject({ object: z.looseObject({}) }),
});

/**
 * True when a delivery whose signature no secret matches could be Stripe's all the same: what a wrong secret refuses. Noise
 * from the internet is not; who forges even this is told apart by the deliveries that go on arriving (`webhookFailures`).
 */
export function looksSent(
  { rawBody, signature }: { readonly rawBody: Buffer; readonly signature: string | undefined },
  livemode: boolean,
): boolean {
  if (signature === undefined || !SIGNATURE.test(signature)) return false;
  try {
    const read = envelope.safeParse(JSON.parse(rawBody.toString("utf8")));
    return read.success && read.data.livemode === livemode;
  } catch {
    return false;
  }
}
