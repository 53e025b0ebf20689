import { AssistantError } from "../assistant-port.ts";
import { isTransient, retryDelay } from "../billing/fail-events.ts";
import type { Deps } from "../deps.ts";
import { startAlarmClock } from "./alarm-clock.ts";
import { countReply } from "./count-reply.ts";
import { createDraft, type Draft } from "./draft.ts";
import { finishReply, type ReplyEnd } from "./finish-reply.ts";
import { generateReply } from "./generate-reply.ts";
import { checkpointReply, findPlace, type ReplyPlace } from "./reply-row.ts";

/** The row is at most so far behind the memory (design I13). */
const CHECKPOINT_MS = 250;
/** Without new text the lease is renewed, and looked whether it should stop, every so many of those turns. */
const RENEW_EVERY = 4;
/** A provider that says nothing for so long has gone away without a word. */
const SILENCE_MS = 120_000;
const FINISH_ATTEMPTS = 20;
const MOST_WAIT_MS = 2_000;

/** A reply that is being written in this process. */
export interface Writing {
  readonly draft: Draft;
  /** Looks at once whether somebody wants it to stop, or whether it is gone. */
  look(): void;
  /** Ends it with the text so far. */
  interrupt(): void;
  /** Resolves when its end is stored, or was not to be. */
  readonly done: Promise<void>;
}

type Why = "stopped" | "interrupted" | "lost" | "silent";

/** Writes one reply: generates it into memory, keeps the row close behind under a lease, and stores its end. */
export function startWriting(deps: Deps, place: ReplyPlace, onText: () => void): Writing {
  const draft = createDraft(place);
  const ending = new AbortController();
  const clock = startAlarmClock();
  const line = { replyId: place.replyId, liveassistSessionId: place.sessionId, userId: place.userId };
  let why: Why | null = null;
  const end = (reason: Why): void => {
    why ??= reason;
    ending.abort();
    clock.ring();
  };

  /** Whoever deletes a chat takes the question from under its reply: nothing has failed. */
  const isGone = (): Promise<boolean> =>
    findPlace(deps, place.replyId).then(
      (found) => found === null,
      () => false,
    );

  async function generate(): Promise<ReplyEnd | null> {
    const silence = setTimeout(() => end("silent"), SILENCE_MS);
    try {
      await generateReply(deps, place, {
        draft,
        signal: ending.signal,
        onText: () => {
          silence.refresh();
          onText();
        },
      });
      return endOf(why, draft);
    } catch (error) {
      if (why === null && (await isGone())) end("lost");
      if (why !== null) return endOf(why, draft);
      const failure = error instanceof AssistantError ? error.failure : "away";
      deps.log[error instanceof AssistantError ? "warn" : "error"](
        { ...line, failure, reason: describe(error) },
        "the assistant failed",
      );
      return { status: "failed", failure };
    } finally {
      clearTimeout(silence);
    }
  }

  async function keep(isOver: () => boolean): Promise<void> {
    let stored: string | null = null;
    for (let turns = 0; !isOver(); turns++, await clock.pause(CHECKPOINT_MS)) {
      const { text } = draft;
      if (stored === text && turns % RENEW_EVERY > 0 && !clock.rang()) continue;
      try {
        const state = await checkpointReply(deps, place, text);
        stored = text;
        if (state === "lost") end("lost");
        if (state === "stop") end("stopped");
      } catch (error) {
        deps.log.warn({ ...line, reason: describe(error) }, "a reply could not be stored yet; trying again");
      }
    }
  }

  async function finish(reached: ReplyEnd): Promise<void> {
    for (let attempts = 0; ; attempts++) {
      try {
        const isStored = await finishReply(deps, place, { ...reached, text: draft.text });
        const units = draft.text.length;
        if (isStored) countReply(deps, reached);
        deps.log.info({ ...line, ...reached, units, isStored }, "reply ended");
        return;
      } catch (error) {
        const isLast = !isTransient(error) || attempts >= FINISH_ATTEMPTS;
        deps.log[isLast ? "error" : "warn"](
          { ...line, reason: describe(error) },
          "a reply's end was not stored",
        );
        // The sweep will interrupt it when the lease is over.
        if (isLast) return;
        await clock.pause(Math.min(retryDelay(attempts, deps.random.fraction()), MOST_WAIT_MS));
      }
    }
  }

  async function write(): Promise<void> {
    let isOver = false;
    const keeping = keep(() => isOver || why !== null);
    const reached = await generate();
    isOver = true;
    clock.ring();
    await keeping;
    if (reached && why !== "lost") await finish(reached);
  }

  return { draft, look: clock.ring, interrupt: () => end("interrupted"), done: write() };
}

/** Null: the reply is not ours to end any more. A model that says nothing at all has failed, and costs nothing. */
function endOf(why: Why | null, draft: Draft): ReplyEnd | null {
  if (why === "lost") return null;
  if (why === "silent") return { status: "failed", failure: "away" };
  if (why !== null) return { status: why, failure: null };
  return draft.text.trim() === ""
    ? { status: "failed", failure: "away" }
    : { status: "complete", failure: null };
}

/**
 * Names and codes only: the messages of a provider or a database may repeat what was asked (requirements R19). What the
 * adapter says about a provider is written for the log.
 */
function describe(error: unknown): string {
  const names: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = "code" in at && typeof at.code === "string" ? ` ${at.code}` : "";
    names.push(at.name + code);
  }
  const { cause } = error instanceof AssistantError ? error : { cause: null };
  if (cause instanceof Error && cause.name === "ProviderError") names.push(cause.message);
  return names.join(" ← ") || typeof error;
}
