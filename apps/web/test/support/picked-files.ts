import { randomBytes } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import type { Page } from "playwright-core";

/** A file as it is handed to a file input. */
export interface PickedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A real PNG of one colour, or of noise, which no compression makes smaller: about 3 bytes a pixel. */
export function picture(
  name: string,
  side = 120,
  fill: readonly number[] | "noise" = [40, 110, 90],
): PickedFile {
  const rows = Array.from({ length: side }, () => {
    const pixels = fill === "noise" ? randomBytes(side * 3) : Buffer.alloc(side * 3, Buffer.from(fill));
    return Buffer.concat([Buffer.of(0), pixels]);
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.concat(rows), { level: fill === "noise" ? 0 : 6 });
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))];
  return { name, mimeType: "image/png", buffer: Buffer.concat([signature, ...parts]) };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Two seconds of moving colour, recorded by the page's own browser. */
export async function video(page: Page, name: string): Promise<PickedFile> {
  const base64 = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
    const paint = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm;codecs=vp8" });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.start();
    const end = performance.now() + 2000;
    while (performance.now() < end && paint) {
      paint.fillStyle = `hsl(${performance.now() / 10} 70% 50%)`;
      paint.fillRect(0, 0, 320, 180);
      await new Promise(requestAnimationFrame);
    }
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.stop();
    await stopped;
    const reader = new FileReader();
    reader.readAsDataURL(new Blob(parts));
    await new Promise((resolve) => {
      reader.onload = resolve;
    });
    return String(reader.result).split(",")[1] ?? "";
  });
  return { name, mimeType: "video/webm", buffer: Buffer.from(base64, "base64") };
}

/** Drops files in the middle of the page, or pastes them, as the browser would. */
export async function give(page: Page, how: "drop" | "paste", files: readonly PickedFile[]): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    base64: buffer.toString("base64"),
  }));
  await page.evaluate(
    ({ way, all }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of all) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      const target = document.activeElement ?? document.body;
      const init = { bubbles: true, cancelable: true };
      if (way === "paste") {
        target.dispatchEvent(new ClipboardEvent("paste", { ...init, clipboardData: data }));
        return;
      }
      for (const event of ["dragenter", "dragover", "drop"]) {
        document.body.dispatchEvent(new DragEvent(event, { ...init, dataTransfer: data }));
      }
    },
    { way: how, all: given },
  );
}

/** How much the browser keeps of picked files: a note and the contents of each. A page that is left before loses them. */
export const countKept = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const known = await indexedDB.databases();
    // Opening it first would make it without what the app puts in.
    if (!known.some(({ name }) => name === "liveassist-files")) return 0;
    return new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open("liveassist-files");
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const counting = opening.result.transaction("files").objectStore("files").count();
        counting.onsuccess = () => {
          opening.result.close();
          resolve(counting.result);
        };
      };
    });
  });
