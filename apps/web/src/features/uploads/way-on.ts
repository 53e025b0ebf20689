import { backoffMs } from "../../lib/backoff.ts";
import { failureOf } from "../../lib/failure.ts";
import { uploadTexts } from "../../texts/uploads.ts";
import type { Attachment, Problem } from "./attachment.ts";

/** What to do after an attempt to send a file ended badly. */
export type WayOn =
  | { readonly kind: "again"; readonly afterMs: number }
  | { readonly kind: "hold"; readonly heldFor: NonNullable<Attachment["heldFor"]> }
  /** The server no longer has the upload that was gone on with. */
  | { readonly kind: "gone" }
  | { readonly kind: "fail"; readonly problem: Problem; readonly whenOnline: boolean };

/** An answer of the upload server that is no success. */
export interface UploadRefusal {
  readonly status: number;
  readonly retryAfterMs: number | null;
}

const texts = uploadTexts.problems;
const TRIES = 5;
const LONGEST_WAIT_MS = 10_000;
const LONGEST_ASKED_WAIT_MS = 65_000;
/** Busy for a moment, such as a lock that the page before still holds. */
const MOMENTARY: ReadonlySet<number> = new Set([408, 409, 423, 425, 429]);
const SENT_ALREADY: ReadonlySet<string> = new Set(["UPLOAD_USED", "UPLOAD_NOT_READY"]);
const REFUSALS_FOR_GOOD: ReadonlySet<string> = new Set(["UNSUPPORTED_MEDIA", "TOO_LARGE", "INVALID_INPUT"]);

const fail = (text: string, canRetry = true, whenOnline = false): WayOn => ({
  kind: "fail",
  problem: { text, canRetry },
  whenOnline,
});

/**
 * Decides it. `tries` counts attempts since the last byte that arrived, this one included; `refusal` is null when no answer
 * came. What may pass is tried again by itself, then by a button; limits hold the file; a refusal says why.
 */
export function wayOn(thrown: unknown, refusal: UploadRefusal | null, tries: number): WayOn {
  const failure = failureOf(thrown);
  if (failure.code === "IMAGE_DAY_LIMIT") return { kind: "hold", heldFor: "day-limit" };
  if (failure.code === "VIDEO_REQUIRES_PREMIUM") return { kind: "hold", heldFor: "premium" };
  if (failure.kind === "auth" || refusal?.status === 401) return fail(texts.signedOut);
  if (REFUSALS_FOR_GOOD.has(failure.code)) return fail(failure.message || texts.refused, false);
  const status = refusal?.status ?? null;
  if (status === 404 || status === 410 || SENT_ALREADY.has(failure.code)) return { kind: "gone" };
  if (status === null || status >= 500 || MOMENTARY.has(status))
    return tryAgain(failure.message, refusal, tries);
  // Answers of what stands between us and the server, with words of their own.
  if (status === 413) return fail(texts.tooLarge, false);
  if (status === 415) return fail(texts.unsupported, false);
  return fail(failure.message || texts.refused);
}

function tryAgain(message: string, refusal: UploadRefusal | null, tries: number): WayOn {
  const status = refusal?.status ?? null;
  // Told to wait a minute, nobody sits through five of them.
  if (tries < (status === 429 ? 2 : TRIES)) {
    const asked = Math.min(refusal?.retryAfterMs ?? 0, LONGEST_ASKED_WAIT_MS);
    return { kind: "again", afterMs: Math.max(asked, backoffMs(tries - 1, LONGEST_WAIT_MS)) };
  }
  if (status === null) return fail(texts.network, true, true);
  return fail(status === 429 ? message || texts.tooFast : texts.server);
}
