import type { AssistantPort, AssistantRequest } from "../../src/assistant-port.ts";

/** What happens in a reply, in order: a piece of text, a failure, or waiting until a test goes on. */
export type Line = string | Error | Promise<unknown>;

export interface ScriptedAssistant extends AssistantPort {
  /** Every request so far. */
  readonly requests: AssistantRequest[];
  /** What the next reply does; without it a reply is "Hello." */
  next(...lines: Line[]): void;
}

/** An assistant that plays the lines a test gives it, and stops when told to. */
export function createScriptedAssistant(): ScriptedAssistant {
  const requests: AssistantRequest[] = [];
  const scripts: Line[][] = [];
  return {
    requests,
    next: (...lines) => void scripts.push(lines),
    async *reply(request) {
      requests.push(request);
      const aborted = new Promise<void>((resolve) =>
        request.signal.addEventListener("abort", () => resolve()),
      );
      for (const line of scripts.shift() ?? ["Hello."]) {
        if (request.signal.aborted) return;
        if (typeof line === "string") yield line;
        else if (line instanceof Error) throw line;
        else await Promise.race([line, aborted]);
      }
    },
  };
}
