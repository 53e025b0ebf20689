import { outbox, users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { acknowledgeInput, acknowledgeOutput } from "@liveassist/shared/inputs/operations";
import { and, eq, exists, or } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { newestOfPages } from "./newest-of-pages.ts";

type Acknowledgement = z.infer<typeof acknowledgeInput> & { readonly socketId: string | null };

/**
 * Notes, once for each socket and version, that a page of the caller shows a version now; for their timeline. A version that
 * was never one of the caller's ends in `INVALID_INPUT`: what could be made up could be made up without end.
 */
export async function acknowledgeUpdate(
  deps: Deps,
  actor: Actor,
  { version, socketId }: Acknowledgement,
): Promise<z.infer<typeof acknowledgeOutput>> {
  const { userId } = actor;
  const confirmed = newestOfPages(deps.trail, "ack");
  const page = `${userId} ${socketId ?? actor.loginId}`;
  if (!confirmed.isNews(page, version)) return { noted: true };
  if (!(await wasTold(deps, userId, version)))
    throw new AppError("INVALID_INPUT", "This was never a version of yours.", {
      issues: [{ path: "version", message: "was never a version of yours" }],
    });
  // Of two at once that came past the memory, one notes.
  if (!confirmed.isNews(page, version)) return { noted: true };
  confirmed.remember(page, version);
  deps.trail.note({ userId, kind: "ack", detail: { version, socketId } });
  deps.metrics.count("liveassist_acknowledgements_total");
  return { noted: true };
}

/** Versions are ids of the caller's own outbox rows; old ones are pruned, the newest stands on their row. */
async function wasTold(deps: Deps, userId: string, version: number): Promise<boolean> {
  const theirs = deps.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.userId, userId), eq(outbox.id, version)));
  const [found] = await deps.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), or(eq(users.version, version), exists(theirs))));
  return found !== undefined;
}
