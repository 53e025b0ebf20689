import { anyOf } from "@liveassist/db";
import { outbox } from "@liveassist/db/schema";
import { and, asc, gt, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { createPulse } from "../pulse.ts";
import type { Follower, Tail } from "./follower.ts";

/** Without a nudge the outbox is looked at this often (design I6). */
const POLL_MS = 1_000;
/** A missing id belongs to a transaction that may still commit; none lives longer than half of this (design I4). */
const HOLE_MS = 10_000;
const BATCH = 1_000;
/** Far more than transactions there can be at once: ids missing before that were passed over on purpose, as after a restore. */
const MOST_HOLES = 10_000;

type TailDeps = Pick<Deps, "db" | "clock" | "bus" | "log">;

/**
 * The state a pass works on: where it has read to, which ids below that were not there yet, since when (wall ms), and who
 * has news that a pass cut short did not hand out.
 */
interface Position {
  cursor: number;
  readonly holes: Map<number, number>;
  readonly touched: Set<string>;
}

const copyOf = ({ cursor, holes, touched }: Position): Position => ({
  cursor,
  holes: new Map(holes),
  touched: new Set(touched),
});

/**
 * Delivers outbox rows to the followers in this process, each once and in order per user (design I4). Ids commit out of
 * order across users, so a missing id is asked for again until it appears or cannot appear any more.
 */
export function startTail(deps: TailDeps): Tail {
  const followers = new Map<string, Set<Follower>>();
  const pulse = createPulse(deps.clock);
  let position: Position = { cursor: -1, holes: new Map(), touched: new Set() };
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  function wake(): void {
    if (stopped) return;
    if (running !== null) {
      again = true;
      return;
    }
    const mine = position;
    running = passes(mine).finally(() => {
      if (mine !== position) return;
      running = null;
      // Woken between the last pass and here.
      if (again) wake();
    });
  }

  async function passes(mine: Position): Promise<void> {
    do {
      again = false;
      try {
        await pulse.turn(() => pass(mine));
      } catch (error) {
        if (!stopped) deps.log.error({ err: error }, "the outbox could not be read; trying again");
      }
    } while (again && !stopped && mine === position);
  }

  async function pass(mine: Position): Promise<void> {
    await advance(deps, mine);
    await serve(deps, followers, mine.touched);
    // Not before: the cursor has moved past their rows, and nothing else would lead back to them.
    mine.touched.clear();
  }

  /** What a pass that was left still does, it does to a position of its own; followers take no row twice. */
  function restart(): void {
    pulse.leave();
    position = copyOf(position);
    running = null;
    wake();
  }

  const unsubscribe = deps.bus.onOutbox(wake);
  const timer = setInterval(wake, POLL_MS);
  wake();

  return {
    follow(follower) {
      const own = followers.get(follower.userId) ?? new Set();
      followers.set(follower.userId, own.add(follower));
      return () => {
        own.delete(follower);
        if (own.size === 0 && followers.get(follower.userId) === own) followers.delete(follower.userId);
      };
    },
    everyMs: POLL_MS,
    read: pulse.read,
    restart,
    async stop() {
      stopped = true;
      clearInterval(timer);
      unsubscribe();
      await running;
    },
  };
}

/** Reads on from the cursor, and asks again for the holes; notes the users who have something new. */
async function advance(deps: TailDeps, position: Position): Promise<void> {
  const wall = deps.clock.wall();
  if (position.cursor < 0) position.cursor = await startingPoint(deps);
  const { touched } = position;
  if (position.holes.size > 0) {
    const asked = [...position.holes.keys()];
    const found = await deps.db
      .select({ id: outbox.id, userId: outbox.userId })
      .from(outbox)
      .where(anyOf(outbox.id, asked));
    for (const row of found) {
      position.holes.delete(row.id);
      touched.add(row.userId);
    }
    for (const [id, since] of position.holes) if (wall - since > HOLE_MS) position.holes.delete(id);
  }
  for (;;) {
    const rows = await deps.db
      .select({ id: outbox.id, userId: outbox.userId })
      .from(outbox)
      .where(gt(outbox.id, position.cursor))
      .orderBy(asc(outbox.id))
      .limit(BATCH);
    for (const row of rows) {
      const first = Math.max(position.cursor + 1, row.id - MOST_HOLES);
      for (let id = first; id < row.id; id++) position.holes.set(id, wall);
      position.cursor = row.id;
      touched.add(row.userId);
    }
    if (rows.length < BATCH) return;
  }
}

/** A little behind the newest row: what is uncommitted at the start counts as a hole. */
async function startingPoint(deps: TailDeps): Promise<number> {
  const [newest] = await deps.db.select({ id: sql<string>`coalesce(max(${outbox.id}), 0)` }).from(outbox);
  return Math.max(0, Number(newest?.id ?? 0) - BATCH);
}

/** Reads each touched user's rows after what their followers have, in one query, and hands them out. */
async function serve(
  deps: TailDeps,
  followers: Map<string, Set<Follower>>,
  touched: Set<string>,
): Promise<void> {
  const users = [...touched].filter((userId) => followers.has(userId));
  if (users.length === 0) return;
  const own = users.flatMap((userId) => [...(followers.get(userId) ?? [])]);
  const least = Math.min(...own.map((follower) => follower.sent));
  const rows = await deps.db
    .select({ id: outbox.id, userId: outbox.userId, type: outbox.type, payload: outbox.payload })
    .from(outbox)
    .where(and(anyOf(outbox.userId, users), gt(outbox.id, least)))
    .orderBy(asc(outbox.id));
  for (const row of rows) {
    for (const follower of followers.get(row.userId) ?? []) {
      if (row.id <= follower.sent) continue;
      follower.sent = row.id;
      follower.deliver(row);
    }
  }
}
