import type { AssistantPort } from "@liveassist/api";

/** Where the model is; null: there is none, and the practice assistant answers. */
export interface AssistantSettings {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly model: string;
}

/** The configured model, or the practice assistant. */
export function createAssistant(_settings: AssistantSettings | null): AssistantPort {
  return {
    async *reply() {
      yield "not built yet";
    },
  };
}
