import { createHmac } from "node:crypto";

/** The `Stripe-Signature` header: one v1 per active secret, over `t.body` (docs.stripe.com/webhooks). */
export function signatureHeader(body: string, secrets: readonly string[], seconds: number): string {
  const sign = (secret: string) => createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return [`t=${seconds}`, ...secrets.map((secret) => `v1=${sign(secret)}`)].join(",");
}
