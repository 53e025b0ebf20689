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
  /** When it was last on its way to us (ms); null: never. */
  triedAt: number | null;
  /** What it says of a live subscription; null: nothing. */
  readonly word: Word | null;
}

/** What a verified event may be believed while Stripe is away (design I11): plan, whose, and until when at the latest (ms). */
export interface Word {
  readonly customer: string;
  readonly plan: "trial" | "paid";
  readonly until: number;
}

function wordOf(event: Stripe.Event): Word | null {
  if (!event.type.startsWith("customer.subscription.") || event.livemode) return null;
  const { customer, status, trial_end, items } = event.data.object as Stripe.Subscription;
  if (status !== "trialing" && status !== "active") return null;
  const ends = Math.max(...items.data.map((item) => item.current_period_end));
  const until = ((status === "trialing" ? trial_end : null) ?? ends) * 1000;
  return { customer: String(customer), plan: status === "trialing" ? "trial" : "paid", until };
}

/** A letter of an event as Stripe renders it. */
export function letterOf(event: Stripe.Event, stranger = false): Letter {
  const body = JSON.stringify({ ...event, pending_webhooks: 1 });
  const word = stranger ? null : wordOf(event);
  return {
    word,
    triedAt: null,
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
