import { z } from "zod";

const email = z.email().max(254);
const password = z.string().min(8).max(128);
const callbackURL = z.string().max(500).optional();

/**
 * The bodies accepted under `/api/auth`, per path. Strict: a field that is not named here is refused, so a sign-up can
 * never set a role or XP (design, law 6).
 */
export const authInputs = {
  "sign-up/email": z.strictObject({
    name: z.string().trim().min(1).max(100),
    email,
    password,
    callbackURL,
  }),
  "sign-in/email": z.strictObject({
    email,
    password: z.string().min(1).max(128),
    rememberMe: z.boolean().optional(),
    callbackURL,
  }),
  "sign-out": z.strictObject({}),
  "request-password-reset": z.strictObject({ email, redirectTo: z.string().max(500).optional() }),
  "reset-password": z.strictObject({ newPassword: password, token: z.string().min(1).max(200) }),
  "change-password": z.strictObject({
    currentPassword: z.string().min(1).max(128),
    newPassword: password,
    /** A new password always ends every other login; only `true` may be said (requirements, edges). */
    revokeOtherSessions: z.literal(true).optional(),
  }),
  "update-user": z.strictObject({ name: z.string().trim().min(1).max(100) }),
  "send-verification-email": z.strictObject({ email, callbackURL }),
  "revoke-other-sessions": z.strictObject({}),
} as const;

export type AuthPath = keyof typeof authInputs;
