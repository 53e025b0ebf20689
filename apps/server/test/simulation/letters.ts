import { createHmac } from "node:crypto";
import type Stripe from "stripe";

/** The secret our endpoint signs with. */
export const SECRET = "whsec_simulation";

/** An event on its way from Stripe to us. */
export interface Letter {
  readonly eventId: string;
  readonly type: string;
  readonly body: string;
  /** Nobody of ours is meant: what comes of it may only be a dead letter, or nothing. */
  readonly stranger: boolean;
  /** Stripe goes on sending what nobody took. */
  open: boolean;
  /** Stripe got a 2xx for it at least once. */
  acknowledged: boolean;
  attempts: number;
}

/** A letter of an event as Stripe renders it. */
export function letterOf(event: Stripe.Event, stranger = false): Letter {
  const body = JSON.stringify({ ...event, pending_webhooks: 1 });
  return {
    eventId: event.id,
    type: event.type,
    body,
    stranger,
    open: true,
    acknowledged: false,
    attempts: 0,
  };
}

export type Seal = "good" | "wrong_secret" | "too_old" | "corrupt" | "missing";

/** What arrives: body and signature, unless something spoilt them. Signatures carry real time, as the check does. */
export function sealed({ body }: Letter, seal: Seal): { rawBody: Buffer; signature: string | undefined } {
  const seconds = Math.floor(Date.now() / 1000) - (seal === "too_old" ? 3600 : 0);
  const secret = seal === "wrong_secret" ? "whsec_of_another_endpoint" : SECRET;
  const mac = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  const sent = seal === "corrupt" ? body.replace(/"customer"/, '"custoner"').concat(" ") : body;
  return {
    rawBody: Buffer.from(sent),
    signature: seal === "missing" ? undefined : `t=${seconds},v1=${mac}`,
  };
}
