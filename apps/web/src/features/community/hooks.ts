import type { PostView, Profile } from "@liveassist/api/contract";
import {
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { failureOf } from "../../lib/failure.ts";
import { trpc } from "../../lib/trpc.ts";
import { useUser } from "../account/auth-context.tsx";
import { communityKeys } from "./keys.ts";
import type { Page, Pages } from "./pages.ts";

const PAGE_LENGTH = 20;
/** Others' badges are true on focus, also when no event told of them (requirements R7). */
const STALE_MS = 10_000;

/** Everybody's posts, or one person's; newest first, a page at a time. */
export function usePosts(author: string | null): UseInfiniteQueryResult<Pages> {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  return useInfiniteQuery({
    queryKey: communityKeys.feed(id, author),
    queryFn: ({ pageParam, signal }): Promise<Page> => {
      const place = {
        ...(author === null ? {} : { author }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      };
      return client.community.listPosts.query({ limit: PAGE_LENGTH, ...place }, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page) => last.next,
    staleTime: STALE_MS,
  });
}

/** One post; null when there is none, or none any more. */
export function usePost(postId: string): UseQueryResult<PostView | null> {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: communityKeys.post(id, postId),
    queryFn: ({ signal }) => orNone<PostView>(client.community.readPost.query({ postId }, { signal })),
    staleTime: STALE_MS,
  });
}

/** What everybody may see of a person; null when there is nobody of that id. */
export function useProfile(userId: string): UseQueryResult<Profile | null> {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: communityKeys.profile(id, userId),
    queryFn: ({ signal }) => orNone<Profile>(client.community.readProfile.query({ userId }, { signal })),
    staleTime: STALE_MS,
  });
}

/** An id that is no id is as good as one that does not exist. */
async function orNone<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (thrown) {
    const { code } = failureOf(thrown);
    if (code === "NOT_FOUND" || code === "INVALID_INPUT") return null;
    throw thrown;
  }
}
