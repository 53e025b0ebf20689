import type { AssistantPicture } from "@liveassist/api";
import sharp from "sharp";
import { takeTurns } from "./media-turns.ts";

/** A picture up to this goes as it is; models look at a smaller one in any case, and every byte is sent again with each reply. */
const MOST_BYTES = 1_500_000;
const MOST_SIDE = 2_048;
/** Large pictures decoded at once for models in this process. */
const inTurn = takeTurns(1);

/** What a model is shown. */
export interface ShownPicture {
  readonly data: Uint8Array;
  readonly mediaType: string;
}

/** Reads a picture; a large one becomes a smaller JPEG, without transparency or movement. Throws when it cannot be read. */
export async function readPicture({ read, mediaType }: AssistantPicture): Promise<ShownPicture> {
  const data = await read();
  if (data.length <= MOST_BYTES) return { data, mediaType };
  return inTurn(async () => ({
    data: await sharp(data)
      .resize({ width: MOST_SIDE, height: MOST_SIDE, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "white" })
      .jpeg({ quality: 85 })
      .toBuffer(),
    mediaType: "image/jpeg",
  }));
}
