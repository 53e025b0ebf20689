import type { Recording } from "./record-page.ts";
import { HASH, type RunFolder } from "./run-folder.ts";

/** Writes what a tab's console said, a line each: time, kind, words. */
export async function keepConsole(
  folder: RunFolder,
  recording: Recording,
  { name, what }: { name: string; what: string },
): Promise<void> {
  // By then every line is whole.
  await recording.calls();
  const lines = recording.console.map(({ at, type, text }) => `${at} ${type} ${text}`);
  folder.text(name, what, { lines, comment: HASH });
}
