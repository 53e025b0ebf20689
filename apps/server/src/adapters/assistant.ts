import type { AssistantPort } from "@liveassist/api";
import { type AssistantSettings, modelAssistant } from "./assistant-model.ts";
import { PATIENCE, type Patience } from "./assistant-patience.ts";
import { practiceAssistant } from "./assistant-practice.ts";

/** The configured model, or the practice assistant when there is none. */
export function createAssistant(
  settings: AssistantSettings | null,
  patience: Patience = PATIENCE,
): AssistantPort {
  return settings ? modelAssistant(settings, patience) : practiceAssistant();
}
