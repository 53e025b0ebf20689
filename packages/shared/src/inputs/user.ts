import { z } from "zod";
import { storable } from "./storable.ts";
import { planSchema } from "./subscription.ts";

const isoTime = z.iso.datetime();

/** `POST /api/users/grant-xp`; admins only. The same key again grants nothing more. */
export const grantXpInput = z.strictObject({
  userId: storable(64),
  amount: z.int().min(-100_000).max(100_000),
  reason: z.string().trim().pipe(storable(64)),
  idempotencyKey: storable(128),
});

export const xpOutput = z.object({ xp: z.int() });

/** `GET /api/users/me`. */
export const meOutput = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(["user", "admin"]),
  subscription_status: planSchema,
  subscription_expiry: isoTime.nullable(),
  stripe_status: z.string(),
  trial_ends_at: isoTime.nullable(),
  cancel_at: isoTime.nullable(),
  image_counter: z.int(),
  image_limit: z.int().nullable(),
  xp: z.int(),
  entitlements: z.object({
    premium_badge: z.boolean(),
    video_upload: z.boolean(),
    unlimited_images: z.boolean(),
    message_max_length: z.int(),
  }),
  version: z.int(),
});

/** `user.listLogins`: one row per signed-in browser. */
export const loginsOutput = z.array(
  z.object({
    id: z.string(),
    created_at: isoTime,
    last_active_at: isoTime,
    user_agent: z.string().nullable(),
    ip_address: z.string().nullable(),
    current: z.boolean(),
  }),
);

export const revokeLoginInput = z.strictObject({ id: storable(64) });

/** `POST /api/users/delete-account`; the password once more, because it cannot be undone. */
export const deleteAccountInput = z.strictObject({ password: z.string().min(1).max(256) });
