import type { Tx } from "@liveassist/db";
import { uploads } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { mayWait } from "@liveassist/shared/media-declared";
import { MEDIA_MESSAGES } from "@liveassist/shared/media-messages";
import { and, eq, ne, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

const PAUSE_SECONDS = 60;

/** Throws `RATE_LIMITED` when a user has so much waiting unsent that the disk could be filled by it. Under the user's row lock only. */
export async function requireRoom(
  deps: Deps,
  tx: Tx,
  asked: { readonly userId: string; readonly bytes: number },
): Promise<void> {
  const [waiting] = await tx
    .select({ files: sql<number>`count(*)::int`, bytes: sql<number>`coalesce(sum(bytes), 0)::float8` })
    .from(uploads)
    .where(
      and(
        eq(uploads.userId, asked.userId),
        sql`${uploads.state} in ('uploading', 'ready')`,
        ne(uploads.purpose, "frame"),
      ),
    );
  if (mayWait(waiting ?? { files: 0, bytes: 0 }, asked.bytes, deps.settings.mostVideoBytes)) return;
  throw new AppError("RATE_LIMITED", MEDIA_MESSAGES.TOO_MANY_UNSENT, { retryAfterSeconds: PAUSE_SECONDS });
}
