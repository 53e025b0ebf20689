import type { AssistantRequest } from "../assistant-port.ts";
import type { Deps } from "../deps.ts";

interface Asked {
  readonly sessionId: string;
  /** The reply to be written; the thread up to the message it answers is what the model sees. */
  readonly replyId: string;
  readonly userId: string;
  readonly signal: AbortSignal;
}

/** Puts together what the assistant is asked: instructions, thread, pictures, limits and tools of the user's plan. */
export async function composeRequest(_deps: Deps, _asked: Asked): Promise<AssistantRequest> {
  throw new Error("not built yet");
}
