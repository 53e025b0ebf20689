import type { PostView } from "@liveassist/api/contract";
import { useMutation } from "@tanstack/react-query";
import { type Failure, failureOf } from "../../lib/failure.ts";
import { newId } from "../../lib/new-id.ts";
import { trpc } from "../../lib/trpc.ts";
import { useTakeIn } from "./use-cached-posts.ts";

/** Something to do, once at a time; what went wrong is kept for the screen. */
export interface Deed<Input> {
  run: (input: Input) => void;
  busy: boolean;
  failure: Failure | null;
}

interface NewPost {
  text: string;
  uploadIds: readonly string[];
  clientPostId: string;
  /** It was tried before and seemed to fail, but may have arrived. */
  again: boolean;
}

/** Posts something; it stands in the list at once. */
export function useCreatePost(onDone: (sent: NewPost) => void): Deed<NewPost> {
  const { client } = trpc.useUtils();
  const takeIn = useTakeIn();
  const create = async ({ text, uploadIds, clientPostId, again }: NewPost): Promise<PostView> => {
    const input = { text, uploadIds: [...uploadIds], clientPostId };
    const post = await client.community.createPost.mutate(input);
    if (post.text === text.trim()) return post;
    // Under this id stands another text: the first try's, which was changed since, or another tab's, which is another post.
    if (again) return client.community.editPost.mutate({ postId: post.id, text });
    return client.community.createPost.mutate({ ...input, clientPostId: newId() });
  };
  return useDeed(async (sent: NewPost) => {
    takeIn({ type: "post", post: await create(sent) });
    onDone(sent);
  });
}

export function useEditPost(onDone: () => void): Deed<{ postId: string; text: string }> {
  const { client } = trpc.useUtils();
  const takeIn = useTakeIn();
  return useDeed(async (input: { postId: string; text: string }) => {
    takeIn({ type: "post", post: await client.community.editPost.mutate(input) });
    onDone();
  });
}

export function useDeletePost(onDone: () => void): Deed<{ postId: string }> {
  const { client } = trpc.useUtils();
  const takeIn = useTakeIn();
  return useDeed(async ({ postId }: { postId: string }) => {
    await orGone(client.community.deletePost.mutate({ postId }));
    onDone();
    takeIn({ type: "removed", postId });
  });
}

export function useReportPost(onDone: (post: PostView) => void): Deed<{ post: PostView; reason: string }> {
  const { client } = trpc.useUtils();
  const takeIn = useTakeIn();
  return useDeed(async ({ post, reason }: { post: PostView; reason: string }) => {
    await orGone(client.community.reportPost.mutate({ postId: post.id, reason }));
    onDone(post);
    takeIn({ type: "removed", postId: post.id });
  });
}

function useDeed<Input>(work: (input: Input) => Promise<void>): Deed<Input> {
  const mutation = useMutation({ mutationFn: work });
  return {
    run: (input) => {
      if (!mutation.isPending) mutation.mutate(input);
    },
    busy: mutation.isPending,
    failure: mutation.error ? failureOf(mutation.error) : null,
  };
}

/** What is gone already needs no deleting and no report. */
async function orGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    if (failureOf(thrown).code !== "NOT_FOUND") throw thrown;
  }
}
