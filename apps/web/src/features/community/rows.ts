import type { PostView } from "@liveassist/api/contract";

/** What stands in the list: a post, or the note where one was that the reader reported. */
export type Row = { kind: "post"; post: PostView } | { kind: "reported"; post: PostView };

/** The newest moment among posts; empty when there are none. */
export const newestOf = (posts: readonly PostView[]): string =>
  posts.reduce((newest, { created_at }) => (created_at > newest ? created_at : newest), "");

interface Shown {
  rows: Row[];
  /** Posts that came after the reader did: they wait until they are asked for, so that nothing moves by itself. */
  waiting: PostView[];
}

/** Parts loaded posts into what is shown and what waits. `seenUntil` is the newest moment shown so far, null: show all. */
export function shownOf(
  posts: readonly PostView[],
  { seenUntil, reported }: { seenUntil: string | null; reported: readonly PostView[] },
): Shown {
  const isNew = ({ created_at }: PostView) => seenUntil !== null && created_at > seenUntil;
  const isHidden = ({ id }: PostView) => reported.some((hidden) => hidden.id === id);
  const visible = posts.filter((post) => !isHidden(post));
  const waiting = visible.filter(isNew);
  const old = visible.filter((post) => !isNew(post));
  // Nobody reads an empty list: there is nothing that could move away.
  if (old.length === 0 && reported.length === 0) return { rows: visible.map(asPost), waiting: [] };
  const rows = [...old.map(asPost), ...reported.map(asNote)];
  return { rows: rows.sort((a, b) => (a.post.created_at < b.post.created_at ? 1 : -1)), waiting };
}

const asPost = (post: PostView): Row => ({ kind: "post", post });
const asNote = (post: PostView): Row => ({ kind: "reported", post });
