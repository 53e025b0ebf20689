import type { AssistantPort, AssistantRequest } from "@liveassist/api";
import { createAssistant } from "../../src/adapters/assistant.ts";
import { PATIENCE } from "../../src/adapters/assistant-patience.ts";
import type { OpenAiStub } from "./openai-stub.ts";

/** What a Free user of an installation without settings asks, in one turn. */
export function request(over: Partial<AssistantRequest> = {}): AssistantRequest {
  return {
    plan: "free",
    instructions: "Be kind.",
    facts: {
      price: "39 SEK",
      trialDays: 5,
      trialRequiresCard: true,
      freeImagesPerDay: 2,
      quotaTimezone: "Europe/Stockholm",
      mostVideoMb: 200,
    },
    turns: [{ role: "user", text: "Why does it drip?", pictures: [], unseen: [] }],
    limits: { outputTokens: 300, steps: 1 },
    searchPosts: null,
    signal: new AbortController().signal,
    ...over,
  };
}

/** The assistant with a stub as its model. */
export const assistantAt = (stub: OpenAiStub, patience = PATIENCE): AssistantPort =>
  createAssistant({ baseUrl: stub.url, model: "some-model", apiKey: "sk-secret" }, patience);

export async function whole(by: AssistantPort, asked = request()): Promise<string> {
  let text = "";
  for await (const piece of by.reply(asked)) text += piece;
  return text;
}
