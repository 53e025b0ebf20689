import type { Tx } from "@liveassist/db";
import { billingFlags } from "@liveassist/db/schema";
import {
  HAPPENINGS,
  type Happening,
  type HappeningPolicy,
  type MailedHappening,
} from "@liveassist/shared/happenings";
import { sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { writeMail } from "../mail/write-mail.ts";
import type { Happened } from "./compute-happenings.ts";
import type { Terms } from "./compute-rows.ts";
import type { User } from "./compute-settlement.ts";
import { mailAbout } from "./mail-texts/mail-about.ts";

/** The end of a dispute is news although its beginning was flagged. */
const CLOSED: readonly Happening[] = ["dispute_won", "dispute_lost"];

interface Recording {
  readonly user: User;
  readonly happened: readonly Happened[];
  readonly terms: Terms;
}

/**
 * Writes what has to be known of what happened, in the caller's transaction: flags for the operator, mails to the user,
 * each once. Answers what is news, to be reported after the commit.
 */
export async function recordHappenings(
  deps: Deps,
  tx: Tx,
  { user, happened, terms }: Recording,
): Promise<Happened[]> {
  const news: Happened[] = [];
  for (const one of happened) {
    const policy: HappeningPolicy = HAPPENINGS[one.kind];
    const isFlagged = policy.flag !== null && (await writeFlag(deps, tx, { user, one, terms }));
    const isMailed = await writeMailAbout(deps, tx, { user, one, terms });
    // A turn happens once and an event is processed once: news whenever found. What lasts is news when first written down.
    const isOnce = policy.flag === null ? policy.user !== "mail" : CLOSED.includes(one.kind);
    if (isFlagged || isMailed || isOnce) news.push(one);
  }
  return news;
}

interface One {
  readonly user: User;
  readonly one: Happened;
  readonly terms: Terms;
}

/** True when this is the first of its kind about its object; a dispute that was won is resolved, in whatever order events come. */
async function writeFlag(deps: Deps, tx: Tx, { user, one, terms }: One): Promise<boolean> {
  const { flag: kind }: HappeningPolicy = HAPPENINGS[one.kind];
  if (kind === null) return false;
  const now = new Date(terms.now);
  const isResolved = one.kind === "dispute_won";
  const { objectId, keptId } = one;
  const values = { id: deps.random.uuid(), kind, userId: user.id, objectId, keptId, foundAt: now };
  const once = { target: [billingFlags.kind, billingFlags.objectId] };
  const insert = tx.insert(billingFlags).values({ ...values, resolvedAt: isResolved ? now : null });
  const written = isResolved
    ? await insert
        .onConflictDoUpdate({
          ...once,
          set: { resolvedAt: sql`coalesce(${billingFlags.resolvedAt}, excluded.resolved_at)` },
        })
        .returning({ id: billingFlags.id })
    : await insert.onConflictDoNothing(once).returning({ id: billingFlags.id });
  return written.length > 0;
}

async function writeMailAbout(deps: Deps, tx: Tx, { user, one, terms }: One): Promise<boolean> {
  const { kind, row } = one;
  if (!isMailed(kind) || row === null || user.deletedAt !== null) return false;
  const { key, ...mail } = mailAbout[kind]({ user, row, terms, settings: deps.settings, keptId: one.keptId });
  return writeMail(deps, tx, { ...mail, userId: user.id, key });
}

const isMailed = (kind: Happening): kind is MailedHappening => HAPPENINGS[kind].user === "mail";
