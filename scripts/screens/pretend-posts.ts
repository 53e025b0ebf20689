import type { AuthorView, PostView } from "../../packages/shared/src/community-events.ts";
import { listenIn, type Tell } from "./listen-in.ts";
import { showDrawings, uploadOf } from "./pretend-chat.ts";
import type { Pretend, Stage } from "./screen.ts";

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const idOf = (prefix: string, at: number): string =>
  `${prefix}-0000-4000-8000-${String(at).padStart(12, "0")}`;

const author = (at: number, name: string, xp: number): AuthorView => ({
  id: idOf("000000a0", at),
  name,
  premium_badge: xp > 0,
  xp,
});

export const AUTHORS = {
  maja: author(1, "Maja Sundqvist", 250),
  erik: author(2, "Erik Bo Holmgren", 0),
  noor: author(3, "Noor al-Hassan", 250),
  spam: author(4, "Best Watches 24", 0),
};

export const postOf = (
  by: AuthorView,
  text: string,
  rest: Partial<PostView> & { at: number; ago: number },
): PostView => {
  const { at, ago, ...fields } = rest;
  const created_at = hoursAgo(ago);
  return {
    id: idOf("000000b0", at),
    author: by,
    text,
    uploads: [],
    created_at,
    edited_at: null,
    own: false,
    ...fields,
  };
};

const picture = (name: Parameters<typeof uploadOf>[1]) => uploadOf("community", name);

export const POSTS = {
  washer: () =>
    postOf(
      AUTHORS.maja,
      "E18 on the washing machine, solved: a hair clip sat in the pump. LiveAssist told me which door to open, and to put a towel under it first. Do put a towel under it.",
      { at: 1, ago: 0.7, uploads: [picture("washer")] },
    ),
  text: () =>
    postOf(
      AUTHORS.erik,
      "Does anybody know whether oil soap is fine on an oak table that was only waxed before? The label says yes, my grandmother says no.",
      { at: 2, ago: 5 },
    ),
  plants: () =>
    postOf(
      AUTHORS.noor,
      "Three weeks with less water, and a shelf for the survivors. More: https://example.com/monstera",
      {
        at: 3,
        ago: 27,
        uploads: [picture("plant"), picture("shelf")],
        edited_at: hoursAgo(26),
      },
    ),
  spam: () => postOf(AUTHORS.spam, "BEST WATCHES cheap cheap!!! Only today, write to me.", { at: 4, ago: 2 }),
  news: () => postOf(AUTHORS.maja, "And the clip was not even mine.", { at: 5, ago: 0 }),
};

/** One's own post; whose it is, the server says. */
export async function ownPost({ page, url }: Stage): Promise<PostView> {
  const answer = await page.context().request.get(`${url}/api/users/me`);
  const { id, name } = (await answer.json()) as { id: string; name: string };
  const by = { id, name, premium_badge: false, xp: 0 };
  const text =
    "My bike squeaked since spring. It was the saddle, not the chain. Two drops of oil, and quiet.";
  return postOf(by, text, { at: 6, ago: 2, own: true, uploads: [picture("bike")] });
}

interface PretendedPosts {
  posts: PostView[];
  path?: string;
  pretend?: Pretend;
}

/** Opens a page on which these posts stand; what is returned tells it what others do meanwhile. */
export async function openPosts(stage: Stage, { posts, path = "/", pretend }: PretendedPosts): Promise<Tell> {
  await tellPosts(stage, posts);
  await showDrawings(stage);
  const tell = await listenIn(stage.page, "community.onEvent");
  await stage.open(path, pretend);
  return tell;
}

/** What the server says from here on when it is asked for posts. */
export async function tellPosts({ page }: Stage, posts: PostView[]): Promise<void> {
  const found = { posts, next: null };
  await page.route("**/trpc/community.listPosts*", (route) =>
    route.fulfill({ json: { result: { data: found } } }),
  );
  const [first] = posts;
  if (!first) return;
  await page.route("**/trpc/community.readPost*", (route) =>
    route.fulfill({ json: { result: { data: first } } }),
  );
  const profile = { ...first.author, member_since: hoursAgo(24 * 90), post_count: posts.length };
  await page.route("**/trpc/community.readProfile*", (route) =>
    route.fulfill({ json: { result: { data: profile } } }),
  );
}
