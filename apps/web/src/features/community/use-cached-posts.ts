import type { CommunityEvent, PostView, Profile } from "@liveassist/api/contract";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useUser } from "../account/auth-context.tsx";
import { communityKeys } from "./keys.ts";
import { type Pages, pagesAfter, postAfter } from "./pages.ts";

/** Takes an event into everything known of the community; one's own deeds count as events. */
export function useTakeIn(): (event: CommunityEvent) => void {
  const { id } = useUser();
  const queries = useQueryClient();
  return useCallback(
    (event: CommunityEvent) => {
      for (const [key, pages] of queries.getQueriesData<Pages>({ queryKey: communityKeys.feeds(id) })) {
        if (pages) queries.setQueryData<Pages>(key, pagesAfter(pages, event, authorOf(key)));
      }
      queries.setQueriesData<PostView | null>(
        { queryKey: communityKeys.posts(id) },
        (post) => post && postAfter(post, event),
      );
      queries.setQueriesData<Profile | null>({ queryKey: communityKeys.profiles(id) }, (profile) =>
        profile && event.type === "author" && event.author.id === profile.id
          ? { ...profile, ...event.author }
          : profile,
      );
      // How many posts somebody has is counted by the server.
      if (event.type !== "author") void queries.invalidateQueries({ queryKey: communityKeys.profiles(id) });
    },
    [id, queries],
  );
}

const authorOf = (feedKey: QueryKey): string | null => (typeof feedKey[3] === "string" ? feedKey[3] : null);
