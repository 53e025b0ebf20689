import type { MessageView, SessionEvent } from "@liveassist/shared/session-events";
import { isTrackedEnvelope } from "@trpc/server";
import type { Actor, Deps } from "../../src/deps.ts";
import { onEvent } from "../../src/liveassist/on-event.ts";

/** A tab that follows a session and builds its thread from what it hears, as the web client does. */
export interface SessionTab {
  readonly events: SessionEvent[];
  /** Ids of the events, in order; the last one is the cursor. */
  readonly ids: string[];
  /** The thread as events make it. */
  readonly thread: Map<string, MessageView>;
  /** Resolves as soon as this is true; fails when the procedure ends before. */
  until(isTrue: (tab: SessionTab) => unknown): Promise<void>;
  /** Resolves when the procedure ends by itself, with what it ended in. */
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
}

interface Opened {
  readonly sessionId: string;
  readonly cursor?: string | null;
  /** What the client has loaded before it follows. */
  readonly loaded?: readonly MessageView[];
}

/** Begins to follow. */
export function openSessionTab(deps: Deps, actor: Actor, opened: Opened): SessionTab {
  const stopping = new AbortController();
  const { sessionId, cursor } = opened;
  const waiting = new Set<() => void>();
  let isOver = false;
  const wake = (): void => {
    for (const one of waiting) one();
    waiting.clear();
  };
  const tab: SessionTab = {
    events: [],
    ids: [],
    thread: new Map((opened.loaded ?? []).map((message) => [message.id, message])),
    async until(isTrue) {
      while (!isTrue(tab)) {
        if (isOver) throw new Error(`the procedure ended before, having said ${JSON.stringify(tab.events)}`);
        await new Promise<void>((resolve) => waiting.add(resolve));
      }
    },
    ended: run(),
    async close() {
      stopping.abort();
      await tab.ended;
    },
  };

  async function run(): Promise<unknown> {
    await Promise.resolve();
    try {
      const { signal } = stopping;
      for await (const envelope of await onEvent(deps, actor, { sessionId, cursor, signal })) {
        if (!isTrackedEnvelope(envelope)) throw new Error("an event without an id");
        const [id, event] = envelope;
        tab.ids.push(id);
        tab.events.push(event);
        foldEvent(tab.thread, event);
        wake();
      }
      return null;
    } catch (error) {
      return error;
    } finally {
      isOver = true;
      wake();
    }
  }
  return tab;
}

/** What an event does to the thread a client shows; throws when a delta does not continue what is there. */
export function foldEvent(thread: Map<string, MessageView>, event: SessionEvent): void {
  if (event.type === "message") return void thread.set(event.message.id, event.message);
  const known = thread.get(event.replyId);
  if (!known) throw new Error(`an event about an unknown reply: ${JSON.stringify(event)}`);
  if (event.type === "delta") {
    if (event.offset !== known.text.length) {
      throw new Error(`a delta at ${event.offset} of a text of ${known.text.length} units`);
    }
    if (!event.text.isWellFormed()) throw new Error("a delta with half of a character");
    thread.set(known.id, { ...known, text: known.text + event.text });
  } else if (event.status === "superseded") thread.delete(known.id);
  else thread.set(known.id, { ...known, status: event.status, failure: event.failure });
}
