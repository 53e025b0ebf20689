import { retryDelay } from "../billing/fail-events.ts";
import type { Deps } from "../deps.ts";
import { startAlarmClock } from "./alarm-clock.ts";
import { changedSessions, readRows } from "./read-turns.ts";
import { isNews, knownOf, newestOf, type Room, updateRoom, wakeRoom } from "./room.ts";
import { toTurns } from "./turns.ts";

/** How often a reply that another process writes is looked at (design I13). */
const STREAMING_MS = 250;
/** Every so many of those turns all sessions are looked at, in case a nudge was lost (design I6). */
const ALL_EVERY = 4;
const MOST_WAIT_MS = 2_000;

/** Keeps the rooms of this process as new as the rows. */
export interface RoomReader {
  /** Reads a room as soon as possible: all that wait are read in one go, one read at a time. */
  want(room: Room): void;
  stop(): Promise<void>;
}

interface Rooms {
  readonly all: ReadonlyMap<string, Room>;
  /** Whether this process writes the reply itself, and needs not read it. */
  readonly writes: (replyId: string) => boolean;
}

/** Begins to read; `stop` it when there are no rooms any more. */
export function startRoomReader(deps: Deps, { all, writes }: Rooms): RoomReader {
  const wanted = new Set<Room>();
  const clock = startAlarmClock();
  let stopped = false;
  let turns = 0;
  let looking: Promise<void> | null = null;

  async function readWanted(): Promise<void> {
    const rooms = [...wanted];
    wanted.clear();
    try {
      const { there, rows } = await readRows(deps.db, rooms.map(knownOf));
      const bySession = new Map(rooms.map((room) => [room.sessionId, room]));
      const news = rows.filter((row) => isNews(bySession.get(row.sessionId) as Room, row));
      const sessionOf = new Map(news.map((row) => [row.id, row.sessionId]));
      const read = Map.groupBy(await toTurns(deps.db, news), (turn) => sessionOf.get(turn.id));
      for (const room of rooms) {
        const isThere = there.has(room.sessionId);
        if (updateRoom(room, { isThere, turns: read.get(room.sessionId) ?? [] })) wakeRoom(room);
      }
    } catch (error) {
      for (const room of rooms) wanted.add(room);
      throw error;
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopped; ) {
      try {
        while (wanted.size > 0 && !stopped) await readWanted();
        failures = 0;
        await clock.pause(STREAMING_MS * ALL_EVERY);
      } catch (error) {
        deps.log.warn({ err: error, failures }, "followed sessions could not be read; trying again");
        await clock.pause(Math.min(retryDelay(failures++, deps.random.fraction()), MOST_WAIT_MS));
      }
    }
  }

  function want(room: Room): void {
    wanted.add(room);
    clock.ring();
  }

  /** A status that changed, a turn that came, a session that went: whatever nobody has told us of. */
  async function lookAtAll(): Promise<void> {
    try {
      const known = [...all.values()].filter((room) => room.turns).map(knownOf);
      for (const id of await changedSessions(
        deps.db,
        known.map((one) => ({ ...one, seq: one.seq === 0 ? null : one.seq })),
      )) {
        const room = all.get(id);
        if (room && !room.isGone) want(room);
      }
    } catch (error) {
      deps.log.warn({ err: error }, "followed sessions could not be looked at; trying again");
    }
  }

  const timer = setInterval(() => {
    turns += 1;
    for (const room of all.values()) {
      const newest = newestOf(room);
      if (newest?.status === "streaming" && !writes(newest.id)) want(room);
    }
    if (turns % ALL_EVERY === 0) {
      looking ??= lookAtAll().finally(() => {
        looking = null;
      });
    }
  }, STREAMING_MS);
  const running = run();

  return {
    want,
    async stop() {
      stopped = true;
      clearInterval(timer);
      clock.ring();
      await Promise.all([running, looking]);
    },
  };
}
