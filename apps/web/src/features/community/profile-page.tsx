import { useParams } from "@tanstack/react-router";
import { usePageTitle } from "../../lib/use-page-title.ts";
import { peopleTexts } from "../../texts/people.ts";
import { useUser } from "../account/auth-context.tsx";
import { Feed } from "./components/feed.tsx";
import { FeedAway, NothingYet } from "./components/feed-states.tsx";
import { NotThere } from "./components/not-there.tsx";
import { ProfileHead, ProfileHeadSkeleton } from "./components/profile-head.tsx";
import { useProfile } from "./hooks.ts";
import { useCommunityLive } from "./use-community-live.ts";

const texts = peopleTexts.profile;

/** What everybody may see of a person: name, badge, XP, since when, and their posts. */
export function ProfilePage() {
  const { userId = "" } = useParams({ strict: false });
  return <Person key={userId} userId={userId} />;
}

function Person({ userId }: { userId: string }) {
  useCommunityLive();
  usePageTitle(texts.tab);
  const own = useUser().id === userId;
  const { data: profile, isError, error, fetchStatus, refetch } = useProfile(userId);
  if (profile === null) return <NotThere title={texts.goneTitle} text={texts.goneText} />;
  if (!profile) {
    if (isError) return <FeedAway error={error} retry={() => void refetch()} />;
    return fetchStatus === "paused" ? <FeedAway error={null} /> : <ProfileHeadSkeleton />;
  }
  return (
    <>
      <ProfileHead profile={profile} />
      <Feed
        author={userId}
        empty={
          <NothingYet title={texts.noPosts} text={own ? texts.noOwnPosts : texts.noPostsText(profile.name)} />
        }
      />
    </>
  );
}
