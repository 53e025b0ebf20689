import { MOST_IMAGE_PIXELS } from "@liveassist/shared/media";

/** What a picture's header says of it. */
export interface PictureHeader {
  readonly width: number;
  /** Of one frame. */
  readonly height: number;
  readonly frames: number;
}

/** An animation that is too large stays a picture, by its first frame; beyond this it was made to do harm. */
const MOST_ANIMATED_PIXELS = 10 * MOST_IMAGE_PIXELS;
/** Decoding costs something for each frame, however small it is. */
const MOST_FRAMES = 1_000;

/** How a picture is decoded, by its header alone: with all frames, by its first, or not at all (requirements R5). */
export function judgePixels({ width, height, frames }: PictureHeader): "animated" | "still" | "too-many" {
  const each = width * height;
  if (each > MOST_IMAGE_PIXELS || each * frames > MOST_ANIMATED_PIXELS) return "too-many";
  const isSmall = frames <= MOST_FRAMES && each * frames <= MOST_IMAGE_PIXELS;
  return frames > 1 && isSmall ? "animated" : "still";
}
