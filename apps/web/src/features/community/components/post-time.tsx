import type { PostView } from "@liveassist/api/contract";
import { Link } from "@tanstack/react-router";
import { formats } from "../../../lib/format.ts";
import { communityTexts } from "../../../texts/community.ts";

const DAY_MS = 86_400_000;

/** When it was posted: how long ago while that says something, then the day. Leads to the post alone. */
export function PostTime({ post, now }: { post: PostView; now: number }) {
  const age = now - Date.parse(post.created_at);
  const exact = formats.dateTime(post.created_at);
  return (
    <Link
      to="/posts/$postId"
      params={{ postId: post.id }}
      title={exact}
      className="inline-flex min-h-11 items-center gap-1.5 rounded-md text-small text-muted underline-offset-4 hover:underline"
    >
      <span className="sr-only">{communityTexts.openPost(exact)}</span>
      <time aria-hidden="true" dateTime={post.created_at}>
        {age < DAY_MS ? formats.ago(age) : formats.date(post.created_at)}
      </time>
      {post.edited_at === null ? null : <span>· {communityTexts.edited}</span>}
    </Link>
  );
}
