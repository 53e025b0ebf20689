import { uploadPath } from "./tray-ports.ts";

let known: number | null = null;
let asked: Promise<number | null> | null = null;

/** The largest video that the server takes, as far as it has said so; null: not known. */
export const knownMostVideoBytes = (): number | null => known;

/** Asks the server how large a video may be (`MAX_VIDEO_MB`), once a page. Null without an answer. */
export function askMostVideoBytes(): Promise<number | null> {
  asked ??= fetch(uploadPath("liveassist"), { method: "OPTIONS" }).then(
    ({ headers }) => {
      known = Number(headers.get("tus-max-size")) || null;
      return known;
    },
    () => {
      asked = null;
      return null;
    },
  );
  return asked;
}
