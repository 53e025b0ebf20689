import { askJson } from "../../lib/http.ts";
import type { User } from "./user.ts";

/** Whether this browser holds a login. Unlike `/me` it answers 200 either way; any call renews one about to expire. */
export async function hasLogin(): Promise<boolean> {
  const answer = await askJson<{ user?: unknown } | null>("/api/auth/get-session");
  return Boolean(answer?.user);
}

export const fetchMe = (): Promise<User> => askJson("/api/users/me");

export const signIn = (email: string, password: string): Promise<unknown> =>
  askJson("/api/auth/sign-in/email", { email, password, rememberMe: true });

export const signUp = (name: string, email: string, password: string): Promise<unknown> =>
  askJson("/api/auth/sign-up/email", { name, email, password });

export const signOut = (): Promise<unknown> => askJson("/api/auth/sign-out", {});

export const requestPasswordReset = (email: string): Promise<unknown> =>
  askJson("/api/auth/request-password-reset", { email, redirectTo: "/reset-password" });

export const resetPassword = (token: string, newPassword: string): Promise<unknown> =>
  askJson("/api/auth/reset-password", { token, newPassword });

export const changePassword = (currentPassword: string, newPassword: string): Promise<unknown> =>
  askJson("/api/auth/change-password", { currentPassword, newPassword, revokeOtherSessions: true });

export const updateName = (name: string): Promise<unknown> => askJson("/api/auth/update-user", { name });
