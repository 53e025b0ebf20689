import { setTimeout as pause } from "node:timers/promises";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { AssistantError, type AssistantPort, type AssistantRequest } from "@liveassist/api";
import {
  isStepCount,
  type LanguageModel,
  type ModelMessage,
  streamText,
  type TextStreamPart,
  type ToolSet,
} from "ai";
import { readComplaint, toAssistantError } from "./assistant-failure.ts";
import { toMessages } from "./assistant-messages.ts";
import { type Patience, type Watch, watchSilence } from "./assistant-patience.ts";
import { searchTool } from "./assistant-search-tool.ts";

/** Where the model is. */
export interface AssistantSettings {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly model: string;
}

const MOST_TRIES = 2;

/** A model behind any OpenAI-compatible endpoint. Calls that address and no other, and hands on each piece as it comes. */
export function modelAssistant(settings: AssistantSettings, patience: Patience): AssistantPort {
  const endpoint = connect(settings);
  return {
    async *reply(request) {
      const messages = await toMessages(request.turns);
      for (let tries = 1; ; tries += 1) {
        const watch = watchSilence(patience);
        let hasSpoken = false;
        try {
          for await (const piece of oneTry({ request, messages, model: endpoint.model, watch })) {
            hasSpoken = true;
            yield piece;
          }
          return;
        } catch (error) {
          if (request.signal.aborted) return;
          const again = !hasSpoken && tries < MOST_TRIES && (await mayTryAgain(error, endpoint, patience));
          if (!again) throw toAssistantError(error, settings.apiKey);
        } finally {
          watch.end();
        }
      }
    },
  };
}

interface Endpoint {
  readonly model: LanguageModel;
  /** Newer models take the limit of tokens under its newer name only. */
  takesNewName: boolean;
}

function connect({ baseUrl, apiKey, model }: AssistantSettings): Endpoint {
  const provider = createOpenAICompatible({
    name: "liveassist",
    baseURL: baseUrl,
    ...(apiKey === undefined ? {} : { apiKey }),
    // A redirect would carry what people show to an address that nobody configured.
    fetch: (url, init) => fetch(url, { ...init, redirect: "manual" }),
    transformRequestBody: ({ max_tokens, ...rest }) =>
      endpoint.takesNewName ? { ...rest, max_completion_tokens: max_tokens } : { ...rest, max_tokens },
  });
  const endpoint: Endpoint = { model: provider(model), takesNewName: false };
  return endpoint;
}

async function mayTryAgain(error: unknown, endpoint: Endpoint, { pauseMs }: Patience): Promise<boolean> {
  const { status, message, isPassing } = readComplaint(error);
  if (status === 400 && !endpoint.takesNewName && message.includes("max_completion_tokens")) {
    endpoint.takesNewName = true;
    return true;
  }
  if (isPassing) await pause(pauseMs);
  return isPassing;
}

interface Try {
  readonly request: AssistantRequest;
  readonly messages: ModelMessage[];
  readonly model: LanguageModel;
  readonly watch: Watch;
}

async function* oneTry({ request, messages, model, watch }: Try): AsyncGenerator<string> {
  const { limits, searchPosts } = request;
  const tools: ToolSet = searchPosts ? searchTool(searchPosts) : {};
  const { stream } = streamText({
    model,
    instructions: request.instructions,
    messages,
    tools,
    maxOutputTokens: limits.outputTokens,
    stopWhen: isStepCount(limits.steps),
    // The last step has to be an answer, not one more search.
    prepareStep: ({ stepNumber }) =>
      searchPosts && stepNumber === limits.steps - 1 ? { toolChoice: "none" } : {},
    maxRetries: 0,
    abortSignal: AbortSignal.any([request.signal, watch.signal]),
    telemetry: { isEnabled: false },
    // Errors come as parts of the stream; the SDK would write them to the console as well.
    onError: () => {},
  });
  const text = new ReplyText();
  for await (const part of stream) {
    if (part.type === "abort") throw watch.signal.aborted ? watch.signal.reason : new Error("aborted");
    listen(part, watch);
    const piece = text.take(part);
    if (piece !== "") yield piece;
  }
}

/** Any sign of the provider counts, also its thinking and its calls of tools, which nobody sees. */
function listen({ type }: TextStreamPart<ToolSet>, watch: Watch): void {
  if (type === "start" || type === "start-step") return;
  if (type === "finish-step") watch.expectFirst();
  else watch.heard();
}

/** Puts the pieces of all steps together, and judges how they ended. */
class ReplyText {
  private length = 0;
  /** A step before has spoken, and this one has not yet. */
  private needsGap = false;

  take(part: TextStreamPart<ToolSet>): string {
    switch (part.type) {
      case "error":
        throw part.error;
      case "start-step":
        this.needsGap = this.length > 0;
        return "";
      case "text-delta":
        return this.add(part.text);
      case "finish":
        this.judge(part);
        return "";
      default:
        return "";
    }
  }

  private add(text: string): string {
    if (text === "") return "";
    const piece = this.needsGap ? `\n\n${text}` : text;
    this.needsGap = false;
    this.length += piece.length;
    return piece;
  }

  /** A filter that cuts, and an answer without a word, are failures; all tokens spent on thinking is the operator's. */
  private judge({
    finishReason,
    rawFinishReason,
  }: {
    finishReason: string;
    rawFinishReason: string | undefined;
  }) {
    if (rawFinishReason === "content_filter") throw new AssistantError("refused");
    if (this.length > 0) return;
    throw new AssistantError(finishReason === "length" ? "misconfigured" : "away");
  }
}
