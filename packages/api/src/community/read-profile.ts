import { communityPosts, users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { profileOutput } from "@liveassist/shared/inputs/community";
import { and, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { showAuthor } from "./show-posts.ts";

/** What everybody may see of a person; whoever deleted their account is `NOT_FOUND`. */
export async function readProfile(
  deps: Deps,
  _actor: Actor,
  { userId }: { userId: string },
): Promise<z.output<typeof profileOutput>> {
  const [user] = await deps.db
    .select({
      id: users.id,
      name: users.name,
      plan: users.subscriptionStatus,
      xp: users.xp,
      createdAt: users.createdAt,
    })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.deletedAt)));
  if (!user) throw new AppError("NOT_FOUND", "There is no such person.");
  const posts = await deps.db.$count(
    communityPosts,
    and(eq(communityPosts.userId, userId), isNull(communityPosts.removedAt)),
  );
  return { ...showAuthor(user), member_since: user.createdAt.toISOString(), post_count: posts };
}
