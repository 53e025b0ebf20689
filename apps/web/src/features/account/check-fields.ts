import type { Failure } from "../../lib/failure.ts";
import { accountTexts } from "../../texts/account.ts";

export type FieldErrors = { [field in "name" | "email" | "password"]?: string | undefined };

const { problems } = accountTexts;

export const nameProblem = (name: string): string | undefined =>
  name.trim() === "" || name.trim().length > 100 ? problems.name : undefined;

export const emailProblem = (email: string): string | undefined =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && email.length <= 254 ? undefined : problems.email;

export function passwordProblem(password: string): string | undefined {
  if (password.length < 8) return problems.password;
  return password.length > 128 ? problems.passwordTooLong : undefined;
}

/** What the server found wrong, at the fields it names. */
export function fieldErrorsOf(failure: Failure): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of failure.issues) {
    if (issue.path === "name") errors.name = problems.name;
    if (issue.path === "email") errors.email = problems.email;
    if (issue.path === "password" || issue.path === "newPassword") errors.password = problems.password;
  }
  return errors;
}

export const hasErrors = (errors: FieldErrors): boolean => Object.values(errors).some(Boolean);
