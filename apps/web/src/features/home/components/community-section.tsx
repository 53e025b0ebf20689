import { useRef } from "react";
import { Button } from "../../../components/button.tsx";
import { communityTexts } from "../../../texts/community.ts";
import { Composer } from "../../community/components/composer.tsx";
import { Feed } from "../../community/components/feed.tsx";
import { NothingYet } from "../../community/components/feed-states.tsx";
import { useCommunityLive } from "../../community/use-community-live.ts";

const texts = communityTexts.feed;

/** Everybody's posts, and a place to write one. */
export function CommunitySection() {
  useCommunityLive();
  const field = useRef<HTMLTextAreaElement>(null);
  const showNews = useRef<(() => void) | null>(null);
  const first = (
    <Button look="secondary" onClick={() => field.current?.focus()}>
      {texts.emptyButton}
    </Button>
  );
  return (
    <section aria-labelledby="community" className="mt-8">
      <h2 id="community" className="mb-3 text-lead">
        {communityTexts.title}
      </h2>
      <Composer fieldRef={field} onPosted={() => showNews.current?.()} />
      <div className="mt-4">
        <Feed
          author={null}
          showNews={showNews}
          empty={<NothingYet title={texts.emptyTitle} text={texts.emptyText} action={first} />}
        />
      </div>
    </section>
  );
}
