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
