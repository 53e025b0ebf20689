import type { AssistantPort } from "@liveassist/api";
import type { AssistantSettings } from "./assistant-model.ts";
import { PATIENCE, type Patience } from "./assistant-patience.ts";
import { practiceAssistant } from "./assistant-practice.ts";

/** The configured model, or the practice assistant when there is none. */
export function createAssistant(
  settings: AssistantSettings | null,
  patience: Patience = PATIENCE,
): AssistantPort {
  if (!settings) return practiceAssistant();
  // The SDK takes a fifth of a second to load: only who needs it does, beside the start and not before it.
  const loading = import("./assistant-model.ts").then(({ modelAssistant }) =>
    modelAssistant(settings, patience),
  );
  loading.catch(() => {});
  return {
    async *reply(request) {
      yield* (await loading).reply(request);
    },
  };
}
