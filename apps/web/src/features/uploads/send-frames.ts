import type { Frame } from "./take-frames.ts";
import { type TrayPorts, uploadPath } from "./tray-ports.ts";

interface FramesSent {
  readonly videoId: string;
  /** How many the server has already; null: all. */
  readonly framesSent: number | null;
  readonly onFrameSent: (count: number | null) => void;
  readonly signal: AbortSignal;
}

const TRIES = 3;

/** Sends the stills of a video after each other. One that fails is left out: the video goes without it. Never rejects. */
export async function sendFrames(
  frames: readonly Frame[],
  { videoId, framesSent, onFrameSent, signal }: FramesSent,
  ports: TrayPorts,
): Promise<void> {
  const from = framesSent ?? frames.length;
  for (const [index, frame] of frames.entries()) {
    if (index < from) continue;
    await sendFrame(frame, { videoId, index, signal }, ports);
    if (signal.aborted) return;
    onFrameSent(index + 1);
  }
  onFrameSent(null);
}

async function sendFrame(
  { picture, atMs }: Frame,
  { videoId, index, signal }: { videoId: string; index: number; signal: AbortSignal },
  ports: TrayPorts,
): Promise<void> {
  for (let tries = 1; tries <= TRIES && !signal.aborted; tries++) {
    try {
      await ports.send({
        file: picture,
        endpoint: uploadPath(ports.endpoint),
        url: null,
        metadata: {
          filename: `still-${index + 1}.jpg`,
          filetype: "image/jpeg",
          frameof: videoId,
          frameatms: String(atMs),
        },
        onCreated: () => undefined,
        onProgress: () => undefined,
        signal,
      });
      return;
    } catch {
      if (tries < TRIES) await ports.wait(1000, signal).catch(() => undefined);
    }
  }
}
