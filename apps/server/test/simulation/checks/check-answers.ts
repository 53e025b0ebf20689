import { AppError } from "@liveassist/shared/errors";
import type { Seen } from "../rules-oracle.ts";
import type { Person, Stage } from "../stage.ts";

interface Told {
  readonly subscription_status: Seen;
  readonly stripe_status: string;
}

/** What a procedure answered; which member is set says what was asked. */
export interface Answered {
  readonly page?: { readonly sessionId: string };
  readonly read?: Told;
  readonly me?: Told;
  /** Asked from Stripe just now. */
  readonly fresh?: Told;
  /** Somebody else's page was confirmed. */
  readonly stolen?: Told;
}

/** A person sees an answer: it must be something that was so while they waited. */
export function judgeAnswer(
  stage: Stage,
  heard: { person: Person; answer: Answered; errand: { what: string; since: number } },
): void {
  const { person, answer, errand } = heard;
  if (answer.stolen) stage.faults.push(`${person.name} could confirm somebody else's checkout`);
  const told = answer.read ?? answer.me ?? answer.fresh;
  if (!told) return;
  const plan = told.subscription_status;
  stage.heard.push({
    userId: person.id,
    plan,
    what: errand.what,
    since: errand.since,
    fresh: answer.fresh !== undefined,
  });
}

const EXPECTED = new Set([
  "TRIAL_USED",
  "ALREADY_SUBSCRIBED",
  "PAYMENT_NEEDS_ATTENTION",
  "NO_SUBSCRIPTION",
  "NOT_FOUND",
  "STRIPE_UNAVAILABLE",
  "CONFLICT",
  "IMAGE_DAY_LIMIT",
  "VIDEO_REQUIRES_PREMIUM",
  "UNSUPPORTED_MEDIA",
  "TOO_LARGE",
  "UPLOAD_USED",
  "UPLOAD_NOT_READY",
  "REPLY_RUNNING",
  "NOT_RETRYABLE",
  "RATE_LIMITED",
]);

/** A person is refused: only as the contract says, by the code answered. What else goes wrong must have been our own injected fault. */
export function judgeRefusal(
  stage: Stage,
  refusal: { error: unknown; databaseFailed: boolean; what: string },
): string {
  const { error, databaseFailed, what } = refusal;
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof AppError ? cause.code : error instanceof AppError ? error.code : "INTERNAL";
  stage.figures.add(`refused: ${code}`);
  if (EXPECTED.has(code) || databaseFailed) return code;
  const reason = cause instanceof AppError ? (cause.cause ?? cause) : error;
  stage.faults.push(
    `${what} and is answered ${code}: ${reason instanceof Error ? reason.stack : String(reason)}`,
  );
  return code;
}
