import type { Db } from "@liveassist/db";
import type { Draft } from "./draft.ts";
import { turnsFrom } from "./read-turns.ts";
import type { SessionWatch } from "./replies.ts";
import { type Room, withDraft } from "./room.ts";

interface Watching {
  readonly room: Room;
  readonly db: () => Db;
  readonly draftOf: (replyId: string) => Draft | undefined;
  readonly onClose: () => void;
}

/** One follower of a room: woken by every change, and told the state when it asks. */
export function watchRoom({ room, db, draftOf, onClose }: Watching, signal?: AbortSignal): SessionWatch {
  let isChanged = false;
  let isClosed = false;
  let waiting = (): void => {};
  const wake = (): void => {
    isChanged = true;
    waiting();
  };
  const changed = async (): Promise<boolean> => {
    if (!isChanged && !isClosed) {
      await new Promise<void>((resolve) => {
        waiting = resolve;
      });
    }
    return !isClosed;
  };
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    room.wakes.delete(wake);
    signal?.removeEventListener("abort", close);
    waiting();
    onClose();
  };
  room.wakes.add(wake);
  if (signal?.aborted) close();
  else signal?.addEventListener("abort", close);
  return {
    changed,
    close,
    async since(seq) {
      isChanged = false;
      while (room.turns === null) {
        if (!(await changed())) return [];
        isChanged = false;
      }
      if (room.isGone) return null;
      const { turns, isWhole } =
        seq >= room.base
          ? { turns: room.turns.filter((turn) => turn.seq >= seq), isWhole: true }
          : await turnsFrom(db(), room.sessionId, seq);
      if (!isWhole) isChanged = true;
      return turns.map((turn) => withDraft(turn, draftOf(turn.id)));
    },
  };
}
