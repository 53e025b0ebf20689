import { frameMoments, frameSize } from "./frame-moments.ts";

const LONGEST_SIDE = 1024;
const MOST_BYTES = 300_000;
const QUALITIES = [0.8, 0.6, 0.4, 0.2];
const PATIENCE_MS = 8000;
/** Far past any end: recordings made in a browser do not say how long they are until their end was looked for. */
const PAST_THE_END = 1e7;

/** A still of a video. */
export interface Frame {
  readonly picture: Blob;
  readonly atMs: number;
}

/** Takes stills of a video, `most` at most. Empty when this browser cannot play it; never rejects but for the signal. */
export async function takeFrames(file: Blob, most: number, signal: AbortSignal): Promise<Frame[]> {
  const url = URL.createObjectURL(file);
  const video = document.createElement("video");
  const frames: Frame[] = [];
  try {
    video.muted = true;
    video.playsInline = true;
    video.preload = "auto";
    signal.throwIfAborted();
    const loaded = happened(video, "loadeddata", signal);
    video.src = url;
    await loaded;
    for (const atMs of frameMoments(await durationOf(video, signal), most)) {
      await seek(video, atMs / 1000, signal);
      const picture = await draw(video);
      if (picture) frames.push({ picture, atMs });
    }
  } catch {
    signal.throwIfAborted();
  } finally {
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(url);
  }
  return frames;
}

async function durationOf(video: HTMLVideoElement, signal: AbortSignal): Promise<number> {
  if (Number.isFinite(video.duration)) return video.duration;
  await seek(video, PAST_THE_END, signal);
  return Number.isFinite(video.duration) ? video.duration : video.currentTime;
}

const seek = (video: HTMLVideoElement, seconds: number, signal: AbortSignal): Promise<void> => {
  const sought = happened(video, "seeked", signal);
  video.currentTime = seconds;
  return sought;
};

function happened(video: HTMLVideoElement, event: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    late.addEventListener("abort", () => reject(late.reason), { once: true });
    video.addEventListener(event, () => resolve(), { once: true, signal: late });
    video.addEventListener("error", () => reject(video.error), { once: true, signal: late });
  });
}

/** As a JPEG that is small enough; null when nothing can be drawn. */
async function draw(video: HTMLVideoElement): Promise<Blob | null> {
  if (video.videoWidth === 0) return null;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, frameSize(video.videoWidth, video.videoHeight, LONGEST_SIDE));
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  for (const quality of QUALITIES) {
    const picture = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (picture && picture.size <= MOST_BYTES) return picture;
  }
  return null;
}
