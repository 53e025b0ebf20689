import { uploadTexts } from "../../texts/uploads.ts";
import type { Attachment } from "./attachment.ts";
import { type Carried, carryFile, type Outcome } from "./carry-file.ts";
import type { KeptFile } from "./keep-files.ts";
import { keptOf, type TrayEntry } from "./tray-entry.ts";
import type { TrayList } from "./tray-list.ts";
import { idIn, type TrayPorts } from "./tray-ports.ts";

const AT_ONCE = 3;
const MOST_RESTARTS = 2;

interface Told {
  /** The server does not let it begin. */
  readonly onRefused: (entry: TrayEntry, heldFor: NonNullable<Attachment["heldFor"]>) => void;
  /** There is room for the next. */
  readonly onRoom: () => void;
}

/** Carries the files of a tray to the server, a few at a time, and notes what becomes of them. */
export class TrayUploads {
  readonly #list: TrayList;
  readonly #ports: TrayPorts;
  readonly #told: Told;
  readonly #running = new Set<TrayEntry>();

  constructor(list: TrayList, ports: TrayPorts, told: Told) {
    this.#list = list;
    this.#ports = ports;
    this.#told = told;
  }

  get isFull(): boolean {
    return this.#running.size >= AT_ONCE;
  }

  has = (entry: TrayEntry): boolean => this.#running.has(entry);

  begin(entry: TrayEntry): void {
    this.#running.add(entry);
    entry.whenOnline = false;
    if (entry.shown.kind === "image" && entry.url === null) entry.takenAt = null;
    const ended = (outcome: Outcome | null) => {
      this.#running.delete(entry);
      if (outcome && this.#list.has(entry)) this.settle(entry, outcome);
      this.#ports.usageChanged();
      this.#told.onRoom();
    };
    // It rejects only when the file was removed.
    void carryFile(this.#carried(entry), this.#ports).then(ended, () => ended(null));
  }

  #carried(entry: TrayEntry): Carried {
    const { id, name, type, kind, progress } = entry.shown;
    const { keep } = this.#ports;
    return {
      id,
      file: entry.file ?? new Blob(),
      name,
      type,
      video: kind === "video",
      url: entry.url,
      ready: progress === 1,
      framesSent: entry.framesSent,
      signal: entry.stop.signal,
      isOurs: this.isOurs,
      onPhase: (phase) => this.#list.show(entry, { phase }),
      onProgress: (share) => this.#list.show(entry, { progress: share }),
      onPoster: (picture) => this.#list.show(entry, { previewUrl: URL.createObjectURL(picture) }),
      onFrameSent: (framesSent) => {
        entry.framesSent = framesSent;
        void keep.change(id, { framesSent });
      },
      onCreated: (url) => this.#created(entry, url),
    };
  }

  #created(entry: TrayEntry, url: string): void {
    const uploadId = idIn(url);
    entry.url = url;
    if (entry.takenAt === null) entry.takenAt = this.#ports.now();
    if (this.#list.has(entry)) {
      this.#list.show(entry, { uploadId });
      void this.#ports.keep.change(entry.shown.id, { url, uploadId });
      this.#ports.usageChanged();
      return;
    }
    // Removed while it was beginning.
    const kept = keptOf(entry, this.#ports);
    if (kept) void this.takeBack({ ...kept, uploadId }, url);
  }

  settle(entry: TrayEntry, outcome: Outcome): void {
    const { keep } = this.#ports;
    const { id, note } = entry.shown;
    switch (outcome.kind) {
      case "ready":
        this.#list.show(entry, { phase: "ready", progress: 1, note: outcome.note ?? note });
        void keep.change(id, { ready: true, heldFor: null });
        return;
      case "sent":
        this.#list.drop(entry);
        void keep.forget([id]);
        return;
      case "restart":
        this.#restart(entry);
        return;
      case "hold":
        this.#forgetUpload(entry);
        this.#told.onRefused(entry, outcome.heldFor);
        return;
      case "fail":
        entry.whenOnline = outcome.whenOnline;
        if (!outcome.problem.canRetry || entry.url === null) entry.takenAt = undefined;
        this.#list.show(entry, { phase: "failed", problem: outcome.problem });
        if (!outcome.problem.canRetry) void keep.forget([id]);
    }
  }

  #restart(entry: TrayEntry): void {
    const problem = { text: uploadTexts.problems.server, canRetry: true };
    if (entry.file !== null) this.#forgetUpload(entry);
    if (entry.file === null) this.settle(entry, { kind: "sent" });
    else if (entry.restarts++ < MOST_RESTARTS) this.#list.show(entry, { phase: "waiting", progress: 0 });
    else this.settle(entry, { kind: "fail", problem, whenOnline: false });
  }

  #forgetUpload(entry: TrayEntry): void {
    entry.url = null;
    entry.takenAt = undefined;
    entry.framesSent = 0;
    this.#list.show(entry, { uploadId: null });
    const change = { url: null, uploadId: null, ready: false, framesSent: 0 };
    void this.#ports.keep.change(entry.shown.id, change);
  }

  /** Takes an upload back on the server, now or when the next page opens. */
  async takeBack(kept: KeptFile, url: string): Promise<void> {
    const { keep, takeBack, usageChanged } = this.#ports;
    await keep.markRemoved({ ...kept, url });
    try {
      await takeBack(url);
      await keep.forget([kept.id]);
      usageChanged();
    } catch {
      // The note stays: it is taken back when the next page opens.
    }
  }

  /** Whether an upload belongs to a file that some page of this browser knows of. */
  isOurs = async (uploadId: string): Promise<boolean> => {
    if (this.#list.entries.some(({ shown }) => shown.uploadId === uploadId)) return true;
    const { keep, userId, now } = this.#ports;
    return (await keep.list(userId, now())).some((kept) => kept.uploadId === uploadId);
  };
}
