import { mails, users } from "@liveassist/db/schema";
import { and, asc, eq, exists, inArray, isNotNull, isNull, lte, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

type MailRow = typeof mails.$inferSelect;

/** Sent at once by one process. */
const BATCH = 5;
/** Longer than every timeout of the adapter together: a mail under way is never claimed by another process. */
const LEASE_MS = 2 * 60_000;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 60 * 60_000;
/** Some twenty minutes of failures: then a person has to look. */
const ALARM_AFTER = 8;

/**
 * Sends the mails that are due; answers how many it took up. At least once: a process killed between the mail server's
 * answer and our note of it sends again after two minutes, under the same id. One that fails is tried again for ever.
 */
export async function sendDueMails(deps: Deps): Promise<number> {
  const wall = deps.clock.wall();
  const due = deps.db
    .select({ id: mails.id })
    .from(mails)
    .where(and(isNull(mails.sentAt), lte(mails.nextAttemptAt, new Date(wall))))
    .orderBy(asc(mails.nextAttemptAt))
    .limit(BATCH)
    .for("update", { skipLocked: true });
  const claimed = await deps.db
    .update(mails)
    .set({ nextAttemptAt: new Date(wall + LEASE_MS), attempts: sql`${mails.attempts} + 1` })
    .where(inArray(mails.id, due))
    .returning();
  await Promise.all(claimed.map((mail) => send(deps, mail)));
  return claimed.length;
}

async function send(deps: Deps, mail: MailRow): Promise<void> {
  const { id, key, to, subject, text } = mail;
  try {
    await deps.mail.send({ id, to, subject, text });
  } catch (error) {
    await putBack(deps, mail, error);
    return;
  }
  deps.metrics.count("liveassist_mails_total", { outcome: "sent" });
  deps.log.info({ mailId: id, key, userId: mail.userId }, "mail sent");
  await deps.db
    .update(mails)
    .set({ sentAt: new Date(deps.clock.wall()), lastError: null })
    .where(eq(mails.id, id));
  await forget(deps, id);
}

/** Of a deleted account not even the address of its last mail stays. */
async function forget(deps: Deps, id: string): Promise<void> {
  const deleted = deps.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, mails.userId), isNotNull(users.deletedAt)));
  await deps.db.delete(mails).where(and(eq(mails.id, id), exists(deleted)));
}

async function putBack(deps: Deps, mail: MailRow, error: unknown): Promise<void> {
  const { id, key, userId, attempts } = mail;
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20));
  const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  deps.metrics.count("liveassist_mails_total", { outcome: "failed" });
  const line = { err: error, mailId: id, key, userId, attempts };
  if (attempts >= ALARM_AFTER) deps.log.error({ alarm: "mail_stuck", ...line }, "a mail cannot be sent");
  else deps.log.warn(line, "a mail could not be sent; it will be tried again");
  await deps.db
    .update(mails)
    .set({
      lastError,
      nextAttemptAt: new Date(deps.clock.wall() + wait * (0.75 + deps.random.fraction() / 2)),
    })
    .where(and(eq(mails.id, id), isNull(mails.sentAt)));
}
