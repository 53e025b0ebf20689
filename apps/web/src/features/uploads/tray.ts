import { MOST_FILES } from "@liveassist/shared/media";
import { uploadTexts } from "../../texts/uploads.ts";
import type { Attachment } from "./attachment.ts";
import { checkFile } from "./check-file.ts";
import { whatBecameOf } from "./look-on-server.ts";
import { entryOfKept, entryOfUnsent, keptOf, newAttachment, newEntry, type TrayEntry } from "./tray-entry.ts";
import { TrayList } from "./tray-list.ts";
import type { TrayPorts } from "./tray-ports.ts";
import { TrayUploads } from "./tray-uploads.ts";
import { type Allowance, sameAllowance, unitsLeft } from "./units-left.ts";

/** As long as is waited for files that another tab may have. */
const PATIENCE_MS = 1500;

/**
 * The files beside one text: takes them in, sends them up a few at a time, holds back what the limits do not allow, and
 * keeps them for the next page. Lives as long as the page; whoever shows it subscribes to its list.
 */
export class Tray {
  readonly list = new TrayList();
  readonly #ports: TrayPorts;
  readonly #uploads: TrayUploads;
  #allowance: Allowance = { limit: null, used: 0, resetsAt: null, asOf: 0, video: false };
  #opened: Promise<void> | null = null;

  constructor(ports: TrayPorts) {
    this.#ports = ports;
    this.#uploads = new TrayUploads(this.list, ports, {
      onRefused: (entry, heldFor) => {
        entry.deniedUnder = this.#allowance;
        this.#hold(entry, heldFor);
      },
      onRoom: () => this.#pump(),
    });
  }

  add = (files: readonly File[]): void => {
    for (const file of files) this.#takeIn(file);
    this.#pump();
  };

  remove = (id: string): void => {
    const entry = this.list.find(id);
    if (!entry) return;
    const kept = keptOf(entry, this.#ports);
    this.list.drop(entry);
    if (kept && entry.url !== null) void this.#uploads.takeBack(kept, entry.url);
    else void this.#ports.keep.forget([id]);
    this.#pump();
  };

  retry = (id: string): void => {
    const entry = this.list.find(id);
    if (!entry?.shown.problem?.canRetry) return;
    entry.quiet = false;
    this.list.show(entry, { phase: "waiting", problem: null, progress: 0 });
    this.#pump();
  };

  clear = (sentUploadIds?: readonly string[]): void => {
    const sent = this.list.entries.filter(({ shown: { phase, uploadId } }) =>
      sentUploadIds ? uploadId !== null && sentUploadIds.includes(uploadId) : phase === "ready",
    );
    for (const entry of sent) this.list.drop(entry);
    void this.#ports.keep.forget(sent.map(({ shown }) => shown.id));
  };

  /** What is known of the limits now; held files go when it lets them. */
  allow = (allowance: Allowance): void => {
    this.#allowance = allowance;
    for (const entry of this.list.entries) this.#release(entry);
    if (!this.list.entries.some(({ shown }) => shown.heldFor === "day-limit")) this.list.setDialog(false);
  };

  /** The network is back. */
  online = (): void => {
    for (const { shown, whenOnline } of this.list.entries) if (whenOnline) this.retry(shown.id);
  };

  /** Brings back what was kept for this place, once. */
  open = (): Promise<void> => {
    this.#opened ??= this.#restore();
    return this.#opened;
  };

  /** Takes in what the server has unsent and no page of this browser knows of. */
  adopt = async (): Promise<void> => {
    for (const unsent of (await this.#ports.listUnsent?.()) ?? []) {
      if (unsent.state !== "ready" || (await this.#uploads.isOurs(unsent.upload.id))) continue;
      this.list.insert(entryOfUnsent(unsent, this.#ports.now()));
    }
  };

  /** Asks the server again about what is ready: another device may have sent it. */
  recheck = async (): Promise<void> => {
    for (const entry of this.list.entries) {
      if (entry.shown.phase !== "ready" || entry.url === null) continue;
      const became = await whatBecameOf(entry.url, false, this.#ports).catch(() => null);
      if (became !== "sent" && became !== "restart") continue;
      if (this.list.has(entry)) this.#uploads.settle(entry, { kind: became });
    }
    this.#pump();
  };

  #takeIn(file: File): void {
    const { endpoint, newId, now, lock, keep, mostVideoBytes } = this.#ports;
    const { kind, type, problem } = checkFile(file, endpoint, mostVideoBytes());
    const text = problem ?? this.#fullText();
    const shown = newAttachment({
      id: newId(),
      name: file.name,
      kind,
      type,
      bytes: file.size,
      previewUrl: kind === "image" && !problem ? URL.createObjectURL(file) : null,
      phase: text === null ? "waiting" : "failed",
      problem: text === null ? null : { text, canRetry: false },
    });
    const entry = newEntry({ shown, file, addedAt: now() });
    this.list.insert(entry);
    const kept = text === null ? keptOf(entry, this.#ports) : null;
    if (!kept) return;
    const own = (letGo: () => void) => {
      entry.letGo = letGo;
    };
    lock(shown.id, entry.stop.signal).then(own, () => undefined);
    void keep.add(kept, file);
  }

  #fullText(): string | null {
    const { tooMany, tooManyInPost } = uploadTexts.problems;
    if (this.list.entries.filter(({ shown }) => !shown.problem).length < MOST_FILES) return null;
    return (this.#ports.endpoint === "community" ? tooManyInPost : tooMany)(MOST_FILES);
  }

  /** Begins what may begin. */
  #pump(): void {
    for (const entry of this.list.entries) {
      if (entry.shown.phase !== "waiting" || this.#uploads.has(entry)) continue;
      const heldFor = entry.url === null ? this.#reasonToHold(entry) : null;
      if (heldFor) this.#hold(entry, heldFor);
      else if (!this.#uploads.isFull) this.#uploads.begin(entry);
    }
  }

  #reasonToHold({ shown: { kind } }: TrayEntry): Attachment["heldFor"] {
    if (this.#ports.endpoint === "community") return null;
    if (kind === "video") return this.#allowance.video ? null : "premium";
    const taken = this.list.entries.flatMap(({ takenAt }) => (takenAt === undefined ? [] : [takenAt]));
    return unitsLeft(this.#allowance, taken, this.#ports.now()) > 0 ? null : "day-limit";
  }

  #release(entry: TrayEntry): void {
    const isDenied = entry.deniedUnder !== null && sameAllowance(entry.deniedUnder, this.#allowance);
    if (entry.shown.phase !== "held" || isDenied || this.#reasonToHold(entry)) return;
    // Who is reading why it is held wants to read it again when it was let go by mistake.
    entry.quiet ||= !this.list.state().dialogOpen;
    this.list.show(entry, { phase: "waiting", heldFor: null });
    this.#pump();
  }

  #hold(entry: TrayEntry, heldFor: NonNullable<Attachment["heldFor"]>): void {
    this.list.show(entry, { phase: "held", heldFor, progress: 0 });
    void this.#ports.keep.change(entry.shown.id, { heldFor });
    // What is known may be old: another tab may have given a unit back, or the day may have turned.
    this.#ports.usageChanged();
    if (!entry.quiet && heldFor === "day-limit") this.list.setDialog(true);
  }

  async #restore(): Promise<void> {
    const { keep, userId, place, now, lock } = this.#ports;
    const coming: Promise<void>[] = [];
    for (const kept of await keep.list(userId, now())) {
      if (kept.removed && kept.url) void this.#uploads.takeBack(kept, kept.url);
      if (kept.removed || kept.place !== place || this.list.find(kept.id)) continue;
      // It comes at once, or when the tab that has it is closed.
      const own = (letGo: () => void) => this.#bringBack(kept.id, letGo);
      coming.push(lock(kept.id, new AbortController().signal).then(own, () => undefined));
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((over) => {
      timer = setTimeout(over, PATIENCE_MS);
    });
    await Promise.race([Promise.all(coming), patience]);
    clearTimeout(timer);
    this.list.setOpened();
  }

  async #bringBack(id: string, letGo: () => void): Promise<void> {
    const { keep, endpoint } = this.#ports;
    const kept = await keep.note(id);
    const content = kept?.removed === false ? await keep.content(id) : undefined;
    if (kept?.removed !== false || (!content && !kept.url) || this.list.find(id)) return letGo();
    const entry = entryOfKept(kept, { file: content ?? null, endpoint, letGo });
    this.list.insert(entry);
    this.#release(entry);
    this.#pump();
  }
}
