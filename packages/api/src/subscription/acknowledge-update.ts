import { outbox, users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { acknowledgeInput, acknowledgeOutput } from "@liveassist/shared/inputs/operations";
import { and, eq, exists, or } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps, Trail } from "../deps.ts";

type Acknowledgement = z.infer<typeof acknowledgeInput> & { readonly socketId: string | null };

/** Sockets remembered by each process; the oldest is forgotten, and may at worst be noted twice. */
const MOST_SOCKETS = 20_000;
/** The newest version that each socket confirmed; one memory a trail, which is one a process. */
const confirmed = new WeakMap<Trail, Map<string, number>>();

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
  const known = confirmed.get(deps.trail) ?? new Map<string, number>();
  confirmed.set(deps.trail, known);
  const page = `${userId} ${socketId ?? actor.loginId}`;
  if (version <= (known.get(page) ?? -1)) return { noted: true };
  if (!(await wasTold(deps, userId, version)))
    throw new AppError("INVALID_INPUT", "This was never a version of yours.", {
      issues: [{ path: "version", message: "was never a version of yours" }],
    });
  // Of two at once that came past the memory, one notes.
  if (version <= (known.get(page) ?? -1)) return { noted: true };
  known.delete(page);
  known.set(page, version);
  const [oldest] = known.keys();
  if (known.size > MOST_SOCKETS && oldest !== undefined) known.delete(oldest);
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
