import type { MediaKind } from "@liveassist/shared/media";
import type { Failure } from "../../lib/failure.ts";

/** A file in a message that the server has not taken yet. */
export interface OutgoingFile {
  readonly uploadId: string;
  readonly name: string;
  readonly kind: MediaKind;
  readonly previewUrl: string | null;
}

/** One's own message from the press of Send until the server has it. */
export interface Outgoing {
  readonly clientMessageId: string;
  readonly text: string;
  readonly files: readonly OutgoingFile[];
  readonly createdAt: string;
  /** `waiting`: there is no network; it goes by itself. */
  readonly state: "sending" | "waiting" | "failed";
  readonly failure: Failure | null;
}

export const isSending = ({ state }: Outgoing): boolean => state === "sending";
