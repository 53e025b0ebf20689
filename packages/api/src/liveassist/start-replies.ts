import { setTimeout } from "node:timers/promises";
import { isTransient, retryDelay } from "../billing/fail-events.ts";
import type { Deps } from "../deps.ts";
import type { Draft } from "./draft.ts";
import type { Replies, SessionWatch } from "./replies.ts";
import { findPlace, type ReplyPlace } from "./reply-row.ts";
import { openRoom, type Room, wakeRoom } from "./room.ts";
import { type RoomReader, startRoomReader } from "./start-room-reader.ts";
import { startWriting, type Writing } from "./start-writing.ts";
import { watchRoom } from "./watch-room.ts";

const MOST_WAIT_MS = 2_000;

/** Starts this process's desk of replies: writes those it is told to, and shows sessions to whoever follows them here. */
export function startReplies(depsOf: () => Deps): Replies {
  const begun = new Map<string, Promise<void>>();
  const writings = new Map<string, Writing>();
  const rooms = new Map<string, Room>();
  let reader: RoomReader | null = null;
  let closing: Promise<unknown> = Promise.resolve();
  let unlisten: (() => void) | null = null;
  let stopping = false;
  const draftOf = (replyId: string): Draft | undefined => writings.get(replyId)?.draft;

  function listen(): void {
    unlisten ??= depsOf().bus.onSession((sessionId) => {
      for (const { draft, look } of writings.values()) if (draft.sessionId === sessionId) look();
      const room = rooms.get(sessionId);
      if (room) reader?.want(room);
    });
  }

  async function write(replyId: string): Promise<void> {
    const deps = depsOf();
    const place = await untilFound(deps, replyId, () => stopping);
    if (!place) return;
    const onText = (): void => {
      const room = rooms.get(place.sessionId);
      if (room) wakeRoom(room);
    };
    const writing = startWriting(deps, place, onText);
    writings.set(replyId, writing);
    if (stopping) writing.interrupt();
    await writing.done;
    writings.delete(replyId);
    deps.bus.nudge("session", place.sessionId);
  }

  function watch(sessionId: string, signal?: AbortSignal): SessionWatch {
    listen();
    const room = rooms.get(sessionId) ?? openRoom(sessionId);
    rooms.set(sessionId, room);
    reader ??= startRoomReader(depsOf(), { all: rooms, writes: (replyId) => writings.has(replyId) });
    if (!room.turns) reader.want(room);
    const onClose = (): void => {
      if (room.wakes.size > 0 || rooms.get(sessionId) !== room) return;
      rooms.delete(sessionId);
      if (rooms.size > 0) return;
      closing = Promise.all([closing, reader?.stop()]);
      reader = null;
    };
    return watchRoom({ room, db: () => depsOf().db, draftOf, onClose }, signal);
  }

  return {
    begin(replyId) {
      if (begun.has(replyId)) return;
      listen();
      const done = write(replyId)
        .catch((error: unknown) => depsOf().log.error({ err: error, replyId }, "a reply could not be begun"))
        .finally(() => begun.delete(replyId));
      begun.set(replyId, done);
    },
    watch,
    async idle() {
      while (begun.size > 0) await Promise.all(begun.values());
    },
    async stop() {
      stopping = true;
      for (const writing of writings.values()) writing.interrupt();
      await Promise.all(begun.values());
      unlisten?.();
      await Promise.all([closing, reader?.stop()]);
    },
  };
}

/** Asked again while the database is away; the sweep ends what is never begun. */
async function untilFound(
  deps: Deps,
  replyId: string,
  isStopping: () => boolean,
): Promise<ReplyPlace | null> {
  for (let attempts = 0; ; attempts++) {
    try {
      return await findPlace(deps, replyId);
    } catch (error) {
      if (!isTransient(error) || isStopping()) throw error;
      await setTimeout(Math.min(retryDelay(attempts, deps.random.fraction()), MOST_WAIT_MS));
    }
  }
}
