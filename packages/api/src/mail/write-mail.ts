import type { Tx } from "@liveassist/db";
import { mails } from "@liveassist/db/schema";
import type { Deps } from "../deps.ts";
import type { Mail } from "../mail-port.ts";

/** Where the address of a deleted account stands; a top-level domain that can never be (RFC 2606). */
export const GONE = "@deleted.invalid";

export interface MailToWrite extends Mail {
  readonly userId: string;
  /** What it is about, e.g. `trial_ending:sub_1`: the same mail is never written twice. */
  readonly key: string;
}

/**
 * Writes a mail in the transaction that makes it true; a sweep sends it, so it is lost with no crash (design I4). Answers
 * false, and writes nothing, when a mail with this key was written before or the account is deleted.
 */
export async function writeMail(
  deps: Pick<Deps, "random" | "clock">,
  tx: Tx,
  { userId, key, to, subject, text }: MailToWrite,
): Promise<boolean> {
  if (to.endsWith(GONE)) return false;
  const nextAttemptAt = new Date(deps.clock.wall());
  const written = await tx
    .insert(mails)
    .values({ id: deps.random.uuid(), userId, key, to, subject, text, nextAttemptAt })
    .onConflictDoNothing({ target: mails.key })
    .returning({ id: mails.id });
  return written.length > 0;
}
