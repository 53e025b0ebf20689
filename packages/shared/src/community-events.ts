import type { UploadView } from "./session-events.ts";

/** Whoever wrote a post, as everybody sees them: never an address. */
export interface AuthorView {
  readonly id: string;
  readonly name: string;
  readonly premium_badge: boolean;
  readonly xp: number;
}

export interface PostView {
  readonly id: string;
  readonly author: AuthorView;
  readonly text: string;
  readonly uploads: readonly UploadView[];
  readonly created_at: string;
  readonly edited_at: string | null;
  /** The reader's own: may be edited and deleted. */
  readonly own: boolean;
}

/** What `community.onEvent` sends: a post that is new or changed, one that is gone, an author whose badge or XP changed. */
export type CommunityEvent =
  | { readonly type: "post"; readonly post: PostView }
  | { readonly type: "removed"; readonly postId: string }
  | { readonly type: "author"; readonly author: AuthorView };
