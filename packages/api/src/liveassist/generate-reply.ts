import type { Deps } from "../deps.ts";
import { composeRequest } from "./compose-request.ts";
import type { Draft } from "./draft.ts";
import { wholeOffset } from "./event-cursor.ts";
import type { ReplyPlace } from "./reply-row.ts";

/** More text than any model makes of a token: a provider that ignores its limit is cut off here (requirements R5). */
const UNITS_PER_TOKEN = 12;

interface Generating {
  readonly draft: Draft;
  readonly signal: AbortSignal;
  /** Called after each piece. */
  readonly onText: () => void;
}

/** Has a reply written into its draft; ends early when the signal fires, also when whoever writes does not heed it. Throws as the assistant does. */
export async function generateReply(deps: Deps, place: ReplyPlace, { draft, signal, onText }: Generating) {
  const aborted = new Promise<"aborted">((resolve) => {
    if (signal.aborted) resolve("aborted");
    else signal.addEventListener("abort", () => resolve("aborted"), { once: true });
  });
  const { sessionId, replyId, userId } = place;
  const request = await orAborted(composeRequest(deps, { sessionId, replyId, userId, signal }), aborted);
  if (request === "aborted") return;
  const most = request.limits.outputTokens * UNITS_PER_TOKEN;
  const pieces = deps.assistant.reply(request)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await orAborted(pieces.next(), aborted);
      if (step === "aborted" || signal.aborted) return;
      if (step.done) return draft.close();
      const room = most - draft.text.length;
      draft.append(step.value.slice(0, wholeOffset(step.value, room)));
      onText();
      if (step.value.length >= room)
        return deps.log.warn({ replyId, most }, "a reply was cut off: it has no end");
    }
  } finally {
    // Not waited for: one that hangs does not answer this either.
    Promise.resolve(pieces.return?.()).catch(() => {});
  }
}

async function orAborted<T>(work: Promise<T>, aborted: Promise<"aborted">): Promise<T | "aborted"> {
  // Nobody listens to it any more once it was aborted.
  work.catch(() => {});
  return Promise.race([work, aborted]);
}
