import type { Actor, Deps } from "../deps.ts";

/** What a client says it is about to send. */
export interface NewUpload {
  readonly purpose: "liveassist" | "frame" | "community";
  readonly filename: string;
  /** As the client calls it. */
  readonly mediaType: string;
  readonly bytes: number;
  /** For a frame: its video, and its moment in it (ms). */
  readonly frameOf: string | null;
  readonly frameAtMs: number | null;
}

/** Takes a unit and makes the row of an upload. */
export async function createUpload(_deps: Deps, _actor: Actor, _input: NewUpload): Promise<{ id: string }> {
  throw new Error("not built yet");
}
