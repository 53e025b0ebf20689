import type { Actor, Deps } from "../deps.ts";
import { findPost } from "./find-post.ts";
import type { Post } from "./show-posts.ts";

/** One post. Removed, or reported by the reader, it is `NOT_FOUND`. */
export function readPost(deps: Deps, actor: Actor, input: { postId: string }): Promise<Post> {
  return findPost(deps.db, actor.userId, input.postId);
}
