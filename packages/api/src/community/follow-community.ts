import type { Bus, Deps } from "../deps.ts";
import { taken, unseen, type Watched, watchFrom } from "./late-ids.ts";
import { type Change, changesAfter, type Floors, type News, newestIds, readNews } from "./read-news.ts";

/** Without a nudge the rows are looked at this often; a badge is due within 10 s (requirements R7). */
const POLL_MS = 1_000;
/** Ids this far below the newest may still be uncommitted when the feed begins. */
const MARGIN = 1_000;
/** Posts and people read at a time. */
const BATCH = 500;

type FeedDeps = Pick<Deps, "db" | "clock" | "bus" | "log">;
/** Where a reader stands who has been told everything up to it. */
export type Told = { readonly news: News; readonly floors: Floors };

type Follower = (told: Told) => void;

interface CommunityFeed {
  readonly followers: Set<Follower>;
  /** Everything committed from then on is told. */
  readonly begun: Promise<void>;
  stop(): void;
}

const feeds = new WeakMap<Bus, CommunityFeed>();

/**
 * Follows the news of the community in this process: however many follow, the rows are asked for once, and not at all when
 * nobody does. What is committed after `begun` is told until `stop`.
 */
export function followCommunity(deps: FeedDeps, follower: Follower): { begun: Promise<void>; stop(): void } {
  const feed = feeds.get(deps.bus) ?? startFeed(deps);
  feeds.set(deps.bus, feed);
  feed.followers.add(follower);
  return {
    begun: feed.begun,
    stop() {
      feed.followers.delete(follower);
      if (feed.followers.size > 0 || feeds.get(deps.bus) !== feed) return;
      feeds.delete(deps.bus);
      feed.stop();
    },
  };
}

interface Watching {
  readonly posts: Watched;
  readonly people: Watched;
}

/** Passes over the rows until stopped: at every nudge and each second, one at a time. */
function startFeed(deps: FeedDeps): CommunityFeed {
  const followers = new Set<Follower>();
  const begun = Promise.withResolvers<void>();
  let watching: Watching | null = null;
  let isRunning = false;
  let again = false;
  let stopped = false;

  async function pass(): Promise<void> {
    if (watching === null) {
      watching = await begin(deps);
      begun.resolve();
      return;
    }
    const { told, next, isMore } = await advance(deps, watching);
    if (stopped) return;
    // Nothing is awaited between the two, so no row is told twice, or taken as told and not told.
    watching = next;
    if (told !== null) for (const follower of followers) follower(told);
    again ||= isMore;
  }

  async function wake(): Promise<void> {
    again = true;
    if (isRunning) return;
    isRunning = true;
    while (again && !stopped) {
      again = false;
      try {
        await pass();
      } catch (error) {
        if (!stopped) deps.log.error({ err: error }, "the community could not be read; trying again");
      }
    }
    isRunning = false;
  }

  const unsubscribe = deps.bus.onCommunity(() => void wake());
  const timer = setInterval(() => void wake(), POLL_MS);
  void wake();
  return {
    followers,
    begun: begun.promise,
    stop() {
      stopped = true;
      clearInterval(timer);
      unsubscribe();
      begun.resolve();
    },
  };
}

async function begin({ db, clock }: FeedDeps): Promise<Watching> {
  const newest = await newestIds(db);
  const floors = { posts: Math.max(0, newest.posts - MARGIN), people: Math.max(0, newest.people - MARGIN) };
  const there = await changesAfter(db, floors);
  const wall = clock.wall();
  return {
    posts: watchFrom(floors.posts, idsOf(there.posts), wall),
    people: watchFrom(floors.people, idsOf(there.people), wall),
  };
}

/** Reads what is new above the floors. The floors to go on from are those before the pass: below them nothing comes any more. */
async function advance({ db, clock }: FeedDeps, { posts, people }: Watching) {
  const floors = { posts: posts.floor, people: people.floor };
  const wall = clock.wall();
  const changes = await changesAfter(db, floors);
  const ofPosts = newOf(posts, changes.posts);
  const ofPeople = newOf(people, changes.people);
  const news = await readNews(db, subjectsOf(ofPosts), subjectsOf(ofPeople));
  const isEmpty = ofPosts.length + ofPeople.length === 0;
  return {
    told: isEmpty ? null : { news, floors },
    next: {
      posts: taken(posts, idsOf(ofPosts), wall),
      people: taken(people, idsOf(ofPeople), wall),
    },
    isMore: ofPosts.length === BATCH || ofPeople.length === BATCH,
  };
}

function newOf(watched: Watched, changes: readonly Change[]): Change[] {
  const ids = new Set(unseen(watched, idsOf(changes)));
  return changes.filter((change) => ids.has(change.id)).slice(0, BATCH);
}

const idsOf = (changes: readonly Change[]): number[] => changes.map((change) => change.id);
const subjectsOf = (changes: readonly Change[]): string[] => [...new Set(changes.map((change) => change.of))];
