import { MOST_FRAMES } from "@liveassist/shared/media";
import { uploadTexts } from "../../texts/uploads.ts";
import type { Attachment, Problem } from "./attachment.ts";
import { sendableName } from "./check-file.ts";
import { findLost, whatBecameOf } from "./look-on-server.ts";
import { UploadAnswer } from "./send-file.ts";
import { sendFrames } from "./send-frames.ts";
import type { Frame } from "./take-frames.ts";
import { idIn, type TrayPorts, uploadPath } from "./tray-ports.ts";
import { wayOn } from "./way-on.ts";

/** One file on its way; what happens to it is told as it happens. */
export interface Carried {
  readonly id: string;
  readonly file: Blob;
  readonly video: boolean;
  readonly name: string;
  readonly type: string;
  /** Of an upload that had begun before. */
  readonly url: string | null;
  readonly ready: boolean;
  readonly framesSent: number | null;
  readonly signal: AbortSignal;
  readonly isOurs: (uploadId: string) => Promise<boolean>;
  readonly onPhase: (phase: "preparing" | "uploading" | "checking") => void;
  readonly onCreated: (url: string) => void;
  readonly onProgress: (share: number) => void;
  readonly onPoster: (picture: Blob) => void;
  readonly onFrameSent: (count: number | null) => void;
}

/** How a way ended. `restart`: the server forgot the upload, it has to begin anew. `sent`: it is in a message already. */
export type Outcome =
  | { readonly kind: "ready"; readonly note: string | null }
  | { readonly kind: "sent" | "restart" }
  | { readonly kind: "hold"; readonly heldFor: NonNullable<Attachment["heldFor"]> }
  | { readonly kind: "fail"; readonly problem: Problem; readonly whenOnline: boolean };

type Step = Outcome | { readonly kind: "again"; readonly afterMs: number };

/**
 * Brings a file to the server, over dropped connections and reloads, as often as it takes (`wayOn`). Rejects only when its
 * signal is aborted.
 */
export const carryFile = (carried: Carried, ports: TrayPorts): Promise<Outcome> =>
  new Way(carried, ports).go();

class Way {
  readonly #carried: Carried;
  readonly #ports: TrayPorts;
  #file: Blob;
  #url: string | null;
  /** The server may know more of this upload than we do: it is asked before anything is sent. */
  #doubt: boolean;
  #foundGone = false;
  #frames: readonly Frame[] | null = null;
  #framesSent: Promise<void> | null = null;
  /** Since the last byte that arrived. */
  #tries = 0;
  #arrived = 0;

  constructor(carried: Carried, ports: TrayPorts) {
    this.#carried = carried;
    this.#ports = ports;
    this.#file = carried.file;
    this.#url = carried.url;
    this.#doubt = carried.url !== null;
  }

  async go(): Promise<Outcome> {
    for (;;) {
      const step = await this.#attempt().catch((thrown: unknown) => this.#judge(thrown));
      if (step.kind !== "again") return step;
      await this.#ports.wait(step.afterMs, this.#carried.signal);
    }
  }

  async #attempt(): Promise<Step> {
    const { signal, onPhase, name, type } = this.#carried;
    signal.throwIfAborted();
    const known = this.#doubt ? await this.#look() : null;
    if (known) return known;
    await this.#takeFrames();
    onPhase("uploading");
    if (this.#url !== null) this.#sendFrames(this.#url);
    await this.#ports.send({
      file: this.#file,
      endpoint: uploadPath(this.#ports.endpoint),
      url: this.#url,
      metadata: { filename: sendableName(name), filetype: type },
      onCreated: (url) => this.#created(url),
      onProgress: (sent, total) => this.#progress(sent, total),
      signal,
    });
    return this.#readyWithStills();
  }

  async #readyWithStills(): Promise<Outcome> {
    await this.#framesSent;
    const isBlind = this.#frames?.length === 0;
    return { kind: "ready", note: isBlind ? uploadTexts.noStills : null };
  }

  async #look(): Promise<Outcome | null> {
    const { name, file, isOurs, ready } = this.#carried;
    if (this.#url === null) {
      const found = await findLost({ name: sendableName(name), bytes: file.size, isOurs }, this.#ports);
      if (found !== null) this.#created(found);
    } else {
      const became = await whatBecameOf(this.#url, ready, this.#ports);
      if (became === "ready") {
        // A reload can come between the video's last byte and its last still.
        if (await isReadable(this.#file)) await this.#takeFrames();
        this.#sendFrames(this.#url);
        return this.#readyWithStills();
      }
      if (became !== "begun") return { kind: became };
    }
    this.#doubt = false;
    return null;
  }

  async #judge(thrown: unknown): Promise<Step> {
    const { signal, id } = this.#carried;
    const refusal = thrown instanceof UploadAnswer ? thrown : null;
    const creationLost = this.#url === null && refusal === null;
    if (creationLost) this.#doubt = true;
    if (signal.aborted) {
      // It may have begun all the same: then it gets an address, by which it is taken back.
      if (creationLost) await this.#look().catch(() => null);
      throw signal.reason;
    }
    if (refusal === null && !(await isReadable(this.#file))) {
      const copy = await this.#ports.keep.content(id);
      if (!copy || !(await isReadable(copy))) return fail(uploadTexts.problems.unreadable);
      this.#file = copy;
    }
    const next = wayOn(thrown, refusal, ++this.#tries);
    if (next.kind !== "gone") return next;
    if (this.#foundGone || this.#url === null) return { kind: "restart" };
    this.#foundGone = true;
    this.#doubt = true;
    return { kind: "again", afterMs: 0 };
  }

  #created(url: string): void {
    this.#url = url;
    this.#carried.onCreated(url);
    this.#sendFrames(url);
  }

  #progress(sent: number, total: number): void {
    if (sent > this.#arrived) this.#tries = 0;
    this.#arrived = Math.max(this.#arrived, sent);
    this.#carried.onProgress(total === 0 ? 1 : sent / total);
    if (sent === total) this.#carried.onPhase("checking");
  }

  get #takesFrames(): boolean {
    return this.#carried.video && this.#ports.endpoint === "liveassist" && this.#carried.framesSent !== null;
  }

  async #takeFrames(): Promise<void> {
    if (!this.#takesFrames || this.#frames) return;
    const { onPhase, onPoster, signal } = this.#carried;
    onPhase("preparing");
    this.#frames = await this.#ports.takeFrames(this.#file, MOST_FRAMES, signal);
    const [first] = this.#frames;
    if (first) onPoster(first.picture);
  }

  #sendFrames(url: string): void {
    if (!this.#frames) return;
    const how = { ...this.#carried, videoId: idIn(url) };
    this.#framesSent ??= sendFrames(this.#frames, how, this.#ports);
  }
}

const fail = (text: string): Outcome => ({
  kind: "fail",
  problem: { text, canRetry: false },
  whenOnline: false,
});

/** A picked file that was moved or changed since cannot be read any more; to a request that looks like no network. */
const isReadable = (file: Blob): Promise<boolean> =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
