import { anyOf, type Db } from "@liveassist/db";
import { liveassistMessages, liveassistSessions, uploads } from "@liveassist/db/schema";
import { isPremium, limitsOf } from "@liveassist/shared/plans";
import { aliasedTable, and, desc, eq, isNotNull, lte, ne, notExists } from "drizzle-orm";
import type { AssistantRequest } from "../assistant-port.ts";
import { readUserState } from "../billing/read-user-state.ts";
import { searchPosts } from "../community/search-posts.ts";
import type { Deps } from "../deps.ts";
import { storedPictures } from "../uploads/stored-pictures.ts";
import { composeTurns, type StoredTurn } from "./compose-turns.ts";
import { writeInstructions } from "./instructions.ts";
import { productFacts } from "./product-facts.ts";

interface Asked {
  readonly sessionId: string;
  /** The reply to be written; the thread up to the message it answers is what the model sees. */
  readonly replyId: string;
  readonly userId: string;
  readonly signal: AbortSignal;
}

/** Turns that are looked at; more would not fit the budget of characters anyway. */
const MOST_TURNS = 200;
const MOST_POSTS = 5;
const MOST_QUERY = 200;

/**
 * Puts together what the assistant is asked: instructions, thread, pictures, limits and tools of the plan the user has at this
 * moment (requirements R5, R6). Throws when the reply is not this user's, in this session.
 */
export async function composeRequest(deps: Deps, asked: Asked): Promise<AssistantRequest> {
  const [state, facts] = await Promise.all([readUserState(deps, asked.userId), productFacts(deps)]);
  const plan = isPremium(state.standing.plan) ? "paid" : "free";
  const limits = limitsOf(state.standing.plan, deps.settings);
  const thread = await readThread(deps, asked, limits.imagesPerDay !== null);
  return {
    plan,
    instructions: writeInstructions({ plan, limits, facts, now: deps.clock.now() }),
    facts,
    turns: composeTurns(thread),
    limits: { outputTokens: limits.replyTokens, steps: limits.replySteps },
    searchPosts: limits.tools
      ? (query) =>
          searchPosts(deps, { readerId: asked.userId, query: query.slice(0, MOST_QUERY), limit: MOST_POSTS })
      : null,
    signal: asked.signal,
  };
}

/**
 * The thread, newest first, from the message that the reply answers. Where pictures count, one whose unit was given back is
 * only named: else whoever provokes failures could have any number looked at, by asking about them afterwards.
 */
async function readThread(deps: Deps, asked: Asked, isCounting: boolean): Promise<StoredTurn[]> {
  const rows = await readRows(deps.db, asked);
  const ids = rows.filter((row) => row.role === "user").map((row) => row.id);
  const [pictures, videos] = await Promise.all([
    storedPictures(deps.db, ids),
    videosWithoutStills(deps.db, ids),
  ]);
  return rows.map(({ id, role, text }) => {
    const { shown = [], given = [] } = Object.groupBy(pictures.get(id) ?? [], (one) =>
      isCounting && one.isGivenBack ? "given" : "shown",
    );
    const left = videos.filter((video) => video.messageId === id).map((video) => video.filename);
    return {
      role,
      text,
      pictures: shown.map(({ label, mediaType, key }) => ({
        label,
        mediaType,
        read: () => deps.storage.read(key),
      })),
      unseen: [...given.map(({ label }) => label), ...left],
    };
  });
}

async function readRows(db: Db, { sessionId, replyId, userId }: Asked) {
  const reply = aliasedTable(liveassistMessages, "reply");
  const question = aliasedTable(liveassistMessages, "question");
  const [answered] = await db
    .select({ seq: question.seq })
    .from(reply)
    .innerJoin(question, and(eq(question.id, reply.replyTo), eq(question.sessionId, reply.sessionId)))
    .innerJoin(liveassistSessions, eq(liveassistSessions.id, reply.sessionId))
    .where(and(eq(reply.id, replyId), eq(reply.sessionId, sessionId), eq(liveassistSessions.userId, userId)));
  if (!answered) throw new Error("the reply to be written answers no message of this user");
  const rows = await db
    .select({ id: liveassistMessages.id, role: liveassistMessages.role, text: liveassistMessages.text })
    .from(liveassistMessages)
    .where(
      and(
        eq(liveassistMessages.sessionId, sessionId),
        lte(liveassistMessages.seq, answered.seq),
        ne(liveassistMessages.status, "superseded"),
      ),
    )
    .orderBy(desc(liveassistMessages.seq))
    .limit(MOST_TURNS);
  // A reply that failed before its first word says nothing; a message without words has pictures.
  return rows.filter((row) => row.role === "user" || row.text !== "");
}

async function videosWithoutStills(db: Db, messageIds: string[]) {
  if (messageIds.length === 0) return [];
  const still = aliasedTable(uploads, "still");
  return db
    .select({ messageId: uploads.messageId, filename: uploads.filename })
    .from(uploads)
    .where(
      and(
        anyOf(uploads.messageId, messageIds),
        eq(uploads.purpose, "liveassist"),
        eq(uploads.kind, "video"),
        notExists(
          db
            .select({ id: still.id })
            .from(still)
            .where(and(eq(still.frameOf, uploads.id), isNotNull(still.storageKey))),
        ),
      ),
    );
}
