import type { Bus, MailPort } from "@liveassist/api";
import type { Db } from "@liveassist/db";
import { authAccounts, authSessions, authVerifications, users } from "@liveassist/db/schema";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { verifyPassword as verify } from "better-auth/crypto";
import { z } from "zod";

export interface AuthSettings {
  readonly appUrl: string;
  readonly isLoopback: boolean;
  readonly secret: string;
  /** Addresses are verified when mail can really be sent, and only then (requirements, edges). */
  readonly verifyEmail: boolean;
}

/** Whether a password is the one behind a stored hash: the same judgement that a sign-in makes. */
export const verifyPassword = (hash: string, password: string): Promise<boolean> =>
  verify({ hash, password });

/** Signs a known user in without a password: only for the return from checkout, never reachable over HTTP. */
const restoreLogin = {
  id: "restore-login",
  endpoints: {
    restoreLogin: createAuthEndpoint(
      "/restore-login",
      { method: "POST", body: z.object({ userId: z.string() }), metadata: { SERVER_ONLY: true } },
      async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId);
        if (!user) return ctx.json({ restored: false });
        const session = await ctx.context.internalAdapter.createSession(user.id);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ restored: true });
      },
    ),
  },
};

/** Accounts and logins by better-auth, which knows only its own columns (design, law 6). */
export function createAuth(settings: AuthSettings, { db, mail, bus }: { db: Db; mail: MailPort; bus: Bus }) {
  const { appUrl, isLoopback, verifyEmail } = settings;
  const schema = { users, authSessions, authAccounts, authVerifications };
  return betterAuth({
    appName: "LiveAssist",
    baseURL: appUrl,
    basePath: "/api/auth",
    secret: settings.secret,
    database: drizzleAdapter(db, { provider: "pg", schema }),
    user: { modelName: "users" },
    session: { modelName: "authSessions", expiresIn: 30 * 86_400, updateAge: 86_400 },
    account: { modelName: "authAccounts" },
    verification: { modelName: "authVerifications" },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: verifyEmail,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: async ({ user }) => bus.nudge("logins", user.id),
      sendResetPassword: ({ user, token }) =>
        mail.send({
          to: user.email,
          subject: "Choose a new LiveAssist password",
          text: `Somebody, hopefully you, asked for a new password.\n\n${appUrl}/reset-password?token=${token}\n\nThe link works for one hour. If it was not you, do nothing.`,
        }),
    },
    emailVerification: {
      sendOnSignUp: verifyEmail,
      autoSignInAfterVerification: true,
      sendVerificationEmail: ({ user, url }) =>
        mail.send({
          to: user.email,
          subject: "Confirm your e-mail address for LiveAssist",
          text: `Welcome to LiveAssist. Confirm that this address is yours:\n\n${url}\n\nThe link works for one hour.`,
        }),
    },
    plugins: [restoreLogin],
    // Our own check of origins runs before better-auth is reached; rate limits are ours, too.
    trustedOrigins: [appUrl],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      // Cookies ignore ports: copies side by side on one loopback host must not sign each other out.
      cookiePrefix: isLoopback ? `liveassist-${new URL(appUrl).port || "80"}` : "liveassist",
      useSecureCookies: appUrl.startsWith("https:"),
    },
    logger: { disabled: true },
    // What is no refusal goes to our own error handler: better-call would print it, addresses and all, unmasked.
    onAPIError: { throw: true },
  });
}

export type Auth = ReturnType<typeof createAuth>;
