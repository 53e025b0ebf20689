import { communityPosts, users } from "@liveassist/db/schema";
import { and, desc, eq, sql } from "drizzle-orm";
import type { FoundPost } from "../assistant-port.ts";
import type { Deps } from "../deps.ts";
import { seenBy } from "./post-columns.ts";

interface Search {
  readonly readerId: string;
  readonly query: string;
  readonly limit: number;
}

const MOST_WORDS = 12;
const MOST_FOUND = 20;
/** Ranking reads every match: of very common words only the newest are ranked. */
const MOST_RANKED = 500;
/** Code points of a post that the assistant reads. */
const MOST_TEXT = 1_000;

/**
 * Posts that have one of the words, those that have more of them first, newer ones first among equals; never what was
 * removed or what the reader reported. Longer words also match as a beginning. No words at all find nothing.
 */
export async function searchPosts(deps: Deps, { readerId, query, limit }: Search): Promise<FoundPost[]> {
  const words = wordsOf(query);
  const most = Math.min(Math.trunc(limit), MOST_FOUND);
  if (words.length === 0 || !(most > 0)) return [];
  const asked = sql`to_tsquery('simple', ${words.join(" | ")})`;
  const { id, seq, text, userId } = communityPosts;
  const matches = deps.db
    .select({ id, seq, text, userId })
    .from(communityPosts)
    .where(and(seenBy(readerId), sql`to_tsvector('simple', ${text}) @@ ${asked}`))
    .orderBy(desc(seq))
    .limit(MOST_RANKED)
    .as("matches");
  const found = await deps.db
    .select({ id: matches.id, author: users.name, text: sql<string>`left(${matches.text}, ${MOST_TEXT})` })
    .from(matches)
    .innerJoin(users, eq(users.id, matches.userId))
    .orderBy(sql`ts_rank(to_tsvector('simple', ${matches.text}), ${asked}) desc`, desc(matches.seq))
    .limit(most);
  return found.map((post) => ({ ...post, url: `/posts/${post.id}` }));
}

/** Letters and digits only, so nothing typed is taken for an operator of the search. */
function wordsOf(query: string): string[] {
  const words =
    query
      .slice(0, 500)
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return [...new Set(words)].slice(0, MOST_WORDS).map((word) => (word.length > 3 ? `${word}:*` : word));
}
