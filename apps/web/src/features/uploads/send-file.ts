import type { DetailedError } from "tus-js-client";
import { RefusedAnswer } from "../../lib/failure.ts";
import type { UploadRefusal } from "./way-on.ts";

/** A proxy may bound one request; a dropped connection costs little either way, as the server keeps what came. */
const CHUNK_BYTES = 5_000_000;

/** A network that is gone without saying so; the server gives up on a sender after as long. */
const SILENCE_MS = 60_000;

export interface Sending {
  readonly file: Blob;
  /** Path where uploads begin. */
  readonly endpoint: string;
  /** Of an upload to go on with; null begins one. */
  readonly url: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** The upload exists on the server from here on. */
  readonly onCreated: (url: string) => void;
  readonly onProgress: (sent: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** A refusal with what its headers say about trying again. */
export class UploadAnswer extends RefusedAnswer implements UploadRefusal {
  readonly retryAfterMs: number | null;

  constructor(status: number, body: unknown, retryAfterMs: number | null) {
    super(status, body);
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Sends a file, or the rest of it, once: no attempt of its own after a failure. Resolves when the server has checked and
 * taken it; rejects with `UploadAnswer`, with the signal's reason, or with what the network threw. A creation that is under
 * way is never cut off, so that nothing begins on the server without being known here.
 */
export async function sendFile(sending: Sending): Promise<void> {
  const { Upload } = await import("tus-js-client");
  const { signal } = sending;
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const end = (reason: unknown) => {
      clearTimeout(silence);
      void upload.abort();
      reject(reason);
    };
    const stop = () => {
      if (upload.url !== null) end(signal.reason);
    };
    let silence: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => end(new Error("the server has been silent")), SILENCE_MS);
    };
    const upload = new Upload(sending.file, {
      endpoint: new URL(sending.endpoint, location.origin).href,
      metadata: { ...sending.metadata },
      chunkSize: CHUNK_BYTES,
      retryDelays: null,
      storeFingerprintForResuming: false,
      fingerprint: async () => "",
      onUploadUrlAvailable: () => {
        // Otherwise tus begins a second upload when the first is not found, and takes a second unit.
        upload.options.endpoint = null;
        if (upload.url !== null && sending.url === null) sending.onCreated(upload.url);
        if (signal.aborted) stop();
        else listen();
      },
      onProgress: (sent, total) => {
        listen();
        sending.onProgress(sent, total);
      },
      onSuccess: () => {
        clearTimeout(silence);
        resolve();
      },
      onError: (error) => {
        clearTimeout(silence);
        reject(answerIn(error));
      },
    });
    if (sending.url !== null) {
      upload.url = sending.url;
      upload.options.endpoint = null;
    }
    signal.addEventListener("abort", stop, { once: true });
    listen();
    upload.start();
  });
}

/** Gone, or sent already. */
const NOTHING_TO_TAKE: ReadonlySet<number> = new Set([404, 409, 410]);

/** Takes an upload back on the server, if there is still something to take. Rejects as `sendFile` does. */
export async function takeBack(url: string): Promise<void> {
  const response = await fetch(url, { method: "DELETE", headers: { "tus-resumable": "1.0.0" } });
  if (response.ok || NOTHING_TO_TAKE.has(response.status)) return;
  throw new UploadAnswer(response.status, parse(await response.text()), null);
}

function answerIn(error: Error | DetailedError): unknown {
  const response = "originalResponse" in error ? error.originalResponse : null;
  if (!response) return ("causingError" in error && error.causingError) || error;
  const seconds = Number(response.getHeader("Retry-After") ?? "");
  const retryAfterMs = seconds > 0 ? seconds * 1000 : null;
  return new UploadAnswer(response.getStatus(), parse(response.getBody()), retryAfterMs);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
