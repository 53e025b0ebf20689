import type { CommunityEvent, PostView } from "@liveassist/api/contract";

/** One answer of the list; `next` is null at the end. */
export interface Page {
  readonly posts: readonly PostView[];
  readonly next: string | null;
}

/** The pages loaded so far, newest first, as the query cache keeps them. */
export interface Pages {
  pages: Page[];
  pageParams: (string | null)[];
}

export const postsIn = (pages: Pages): PostView[] => pages.pages.flatMap(({ posts }) => posts);

/** The pages after an event. `author` is whose posts these are, null: everybody's. The same object when it changes nothing. */
export function pagesAfter(pages: Pages, event: CommunityEvent, author: string | null): Pages {
  switch (event.type) {
    case "post":
      return author === null || author === event.post.author.id ? withPost(pages, event.post) : pages;
    case "removed":
      return withoutPost(pages, event.postId);
    case "author":
      return mapped(pages, (post) => postAfter(post, event));
  }
}

/** One post after an event; null when it is gone. */
export function postAfter(post: PostView, event: CommunityEvent): PostView | null {
  switch (event.type) {
    case "post":
      return event.post.id === post.id ? event.post : post;
    case "removed":
      return event.postId === post.id ? null : post;
    case "author":
      return event.author.id === post.author.id ? { ...post, author: event.author } : post;
  }
}

const withoutPost = (pages: Pages, postId: string): Pages =>
  mapped(pages, (post) => (post.id === postId ? null : post));

/** Replaces what is known of it, else puts it where its time belongs. What is older than all that was loaded comes by loading. */
function withPost(pages: Pages, post: PostView): Pages {
  if (postsIn(pages).some(({ id }) => id === post.id)) {
    return mapped(pages, (known) => (known.id === post.id ? post : known));
  }
  const last = pages.pages.length - 1;
  let placed = false;
  const next = pages.pages.map((page, index) => {
    if (placed) return page;
    const older = page.posts.findIndex(({ created_at }) => created_at <= post.created_at);
    const atTheEnd = index === last && page.next === null;
    if (older < 0 && !atTheEnd) return page;
    placed = true;
    return { ...page, posts: page.posts.toSpliced(older < 0 ? page.posts.length : older, 0, post) };
  });
  return placed ? { ...pages, pages: next } : pages;
}

function mapped(pages: Pages, change: (post: PostView) => PostView | null): Pages {
  let changed = false;
  const next = pages.pages.map((page) => {
    const posts = page.posts.map(change).filter((post) => post !== null);
    const same = posts.length === page.posts.length && posts.every((post, at) => post === page.posts[at]);
    if (!same) changed = true;
    return same ? page : { ...page, posts };
  });
  return changed ? { ...pages, pages: next } : pages;
}
