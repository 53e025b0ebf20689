import { tracked } from "@trpc/server";
import type { Actor, Deps } from "../deps.ts";
import { openQueue, type Queue } from "../realtime/queue.ts";
import { untilRead } from "../until-read.ts";
import { followCommunity, type Told } from "./follow-community.ts";
import { changesAfter, type Floors, newsFor, readNews } from "./read-news.ts";

interface Following {
  /** Where the client has read to; absent: from now on. */
  readonly cursor: string | null | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Changes that are replayed after a pause; who missed more reads the list anew. */
const MOST_REPLAYED = 500;

/**
 * What changes in the community: posts that are new, changed or gone, and authors whose badge or XP changed. Every event
 * says how things are by then, so hearing one twice is harmless; a cursor may lie up to 10 s back, and brings again what
 * came since. Without a cursor, or with one that is none of ours, nothing comes before the next change. Resolves once
 * whatever is committed from then on will be heard, so that a list read afterwards leaves no gap.
 */
export async function onEvent(deps: Deps, actor: Actor, { cursor, signal }: Following) {
  let unfollow = (): void => {};
  const queue = openQueue<Told>(signal, () => unfollow());
  if (!signal?.aborted) {
    const following = followCommunity(deps, queue.push);
    unfollow = following.stop;
    await following.begun;
  }
  return tell(deps, actor, { from: readCursor(cursor), queue, signal });
}

interface Telling {
  readonly from: Floors | null;
  readonly queue: Queue<Told>;
  readonly signal: AbortSignal | undefined;
}

async function* tell(deps: Deps, { userId }: Actor, { from, queue, signal }: Telling) {
  try {
    const missed = from && (await untilRead(deps, signal, () => since(deps, from)));
    for (let told = missed ?? (await queue.next()); told !== null; told = await queue.next())
      for (const event of newsFor(userId, told.news)) yield tracked(toCursor(told.floors), event);
  } finally {
    queue.close();
  }
}

/** Everything that changed after a cursor, as it is now. */
async function since({ db }: Deps, floors: Floors): Promise<Told> {
  const { posts, people } = await changesAfter(db, floors, MOST_REPLAYED);
  const news = await readNews(
    db,
    posts.map((change) => change.of),
    people.map((change) => change.of),
  );
  return { floors, news };
}

const toCursor = ({ posts, people }: Floors): string => `${posts}-${people}`;

function readCursor(cursor: string | null | undefined): Floors | null {
  const [, posts, people] = /^(\d{1,15})-(\d{1,15})$/.exec(cursor ?? "") ?? [];
  return posts === undefined ? null : { posts: Number(posts), people: Number(people) };
}
