import { eventTexts } from "../../../texts/operations-events.ts";
import { type PillTone, StatusPill } from "../parts/status-pill.tsx";
import type { LedgerEvent } from "./hooks.ts";

const TONES: Record<LedgerEvent["outcome"], PillTone> = {
  pending: "busy",
  processed: "good",
  ignored: "calm",
  dead: "problem",
};

/** What came of an event. */
export const EventState = ({ outcome }: Pick<LedgerEvent, "outcome">) => (
  <StatusPill tone={TONES[outcome]}>{eventTexts.states[outcome]}</StatusPill>
);
