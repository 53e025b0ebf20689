import { z } from "zod";
import { storable } from "./storable.ts";

/** `POST /api/subscriptions/create-checkout`; without `trial`, a trial if one is still available. */
export const createCheckoutInput = z.strictObject({ trial: z.boolean().optional() });

/** `POST /api/subscriptions/confirm`. */
export const confirmInput = z.strictObject({ sessionId: storable(255) });

/** `POST /api/subscriptions/cancel`; the default is the end of the paid period. */
export const cancelInput = z.strictObject({ when: z.enum(["period_end", "now"]).optional() });

/** `subscription.onUpdated`; `/me`'s `version` or the id of the last event seen. */
export const onUpdatedInput = z
  .strictObject({ lastEventId: z.union([z.string().max(40), z.number()]).nullish() })
  .optional();

const isoTime = z.iso.datetime();
export const planSchema = z.enum(["free", "trial", "paid"]);

/** The answer of `GET /api/subscriptions/status` and of everything that gives the fresh status. Times are ISO, amounts öre. */
export const statusOutput = z.object({
  subscription_status: planSchema,
  stripe_status: z.string(),
  trial_available: z.boolean(),
  trial_ends_at: isoTime.nullable(),
  subscription_expiry: isoTime.nullable(),
  cancel_at: isoTime.nullable(),
  next_charge: z.object({ at: isoTime, amount_ore: z.int() }).nullable(),
  usage: z.object({ images_used: z.int(), image_limit: z.int().nullable(), resets_at: isoTime }),
  pending: z.boolean(),
  last_synced_at: isoTime.nullable(),
  stale: z.boolean(),
});

/** The answer of `create-checkout`; `firstChargeAt` is ISO, `firstChargeOre` öre including VAT. */
export const checkoutOutput = z.object({
  url: z.string(),
  sessionId: z.string(),
  trial: z.boolean(),
  firstChargeAt: isoTime,
  firstChargeOre: z.int(),
});

export const urlOutput = z.object({ url: z.string() });

/** What is on offer, for the summary before checkout: öre including VAT, trial days, first charge. */
export const offerOutput = z.object({
  amount_ore: z.int(),
  currency: z.string(),
  trial_days: z.int(),
  trial_available: z.boolean(),
  trial_requires_card: z.boolean(),
  trial_first_charge_at: isoTime,
});

const money = { amount_ore: z.int(), currency: z.string() };

/** `GET /api/subscriptions/billing`: asked from Stripe each time; `available: false` while Stripe cannot be asked. */
export const billingOutput = z.object({
  available: z.boolean(),
  card: z.object({ brand: z.string(), last4: z.string(), exp_month: z.int(), exp_year: z.int() }).nullable(),
  receipts: z.array(z.object({ id: z.string(), paid_at: isoTime, ...money, url: z.string().nullable() })),
  open_invoice: z.object({ ...money, url: z.string().nullable() }).nullable(),
});

/** `POST /api/subscriptions/withdraw`: the statement, as the consumer makes it (EU 2023/2673, art. 11a). */
export const withdrawInput = z.strictObject({
  name: z.string().trim().pipe(storable(200)),
  email: z.string().trim().pipe(z.email()).pipe(storable(254)),
});

/**
 * `GET /api/subscriptions/withdrawal`. `none`: nothing to withdraw from; `possible` until `until`; `over`: the 14 days have
 * passed; `received`: withdrawn, and the refund is on its way or done.
 */
export const withdrawalOutput = z.object({
  state: z.enum(["none", "possible", "over", "received"]),
  contract: z
    .object({ id: z.string(), service: z.string(), concluded_at: isoTime, until: isoTime })
    .nullable(),
  received_at: isoTime.nullable(),
  refund: z.object({ ...money, state: z.enum(["none", "pending", "done"]) }).nullable(),
  /** Where the receipt goes; prefilled from the account. */
  name: z.string(),
  email: z.string(),
});

/** `GET /api/site`, for everybody: what is sold, and who sells it. */
export const siteOutput = z.object({
  offer: z.object({ ...money, trial_days: z.int(), trial_requires_card: z.boolean() }),
  seller: z
    .object({ name: z.string(), org_no: z.string(), address: z.string(), email: z.string() })
    .nullable(),
});
