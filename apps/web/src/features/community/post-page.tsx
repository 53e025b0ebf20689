import type { PostView } from "@liveassist/api/contract";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { PageHeading } from "../../components/page-heading.tsx";
import { useNow } from "../../lib/use-now.ts";
import { peopleTexts } from "../../texts/people.ts";
import { FeedAway, FeedSkeleton } from "./components/feed-states.tsx";
import { NotThere } from "./components/not-there.tsx";
import { PostArticle } from "./components/post-article.tsx";
import { ReportedNote } from "./components/reported-note.tsx";
import { usePost } from "./hooks.ts";
import { useCommunityLive } from "./use-community-live.ts";

const texts = peopleTexts.post;

/** One post, for whoever follows a link to it. */
export function PostPage() {
  const { postId = "" } = useParams({ strict: false });
  return <OnePost key={postId} postId={postId} />;
}

function OnePost({ postId }: { postId: string }) {
  useCommunityLive();
  const { data: post, isError, error, fetchStatus, refetch } = usePost(postId);
  const navigate = useNavigate();
  const now = useNow(30_000);
  const [reported, setReported] = useState<PostView | null>(null);
  const shown = reported ?? post;
  if (shown === null) return <NotThere title={texts.goneTitle} text={texts.goneText} />;
  return (
    <>
      <Link
        to="/"
        className="-ml-2 mb-2 inline-flex min-h-11 items-center gap-2 rounded-md px-2 font-medium text-accent underline-offset-4 hover:underline"
      >
        <ArrowLeft aria-hidden="true" className="size-4" />
        {texts.back}
      </Link>
      <PageHeading tab={texts.tab} title={shown ? texts.title(shown.author.name) : texts.loadingTitle} />
      {shown ? (
        reported ? (
          <ReportedNote />
        ) : (
          <PostArticle
            post={shown}
            now={now}
            alone
            onReported={setReported}
            onDeleted={() => void navigate({ to: "/" })}
          />
        )
      ) : isError ? (
        <FeedAway error={error} retry={() => void refetch()} />
      ) : fetchStatus === "paused" ? (
        <FeedAway error={null} />
      ) : (
        <FeedSkeleton count={1} />
      )}
    </>
  );
}
