import type { UnsentUpload } from "@liveassist/api/contract";
import { expect, vi } from "vitest";
import type { KeepFiles, KeptFile } from "../../src/features/uploads/keep-files.ts";
import { sortKept } from "../../src/features/uploads/keep-files.ts";
import { type Sending, UploadAnswer } from "../../src/features/uploads/send-file.ts";
import { Tray } from "../../src/features/uploads/tray.ts";
import type { TrayPorts } from "../../src/features/uploads/tray-ports.ts";
import type { Allowance } from "../../src/features/uploads/units-left.ts";

/** An attempt to send that waits for what the test lets come of it. */
export interface Attempt {
  readonly sending: Sending;
  readonly succeed: () => void;
  readonly fail: (thrown: unknown) => void;
}

export const refused = (status: number, code: string): UploadAnswer =>
  new UploadAnswer(status, { error: "x", code, message: "Said by the server." }, null);

/** The world around trays: a browser's database, a server whose answers the test gives, and a clock. */
export class TrayWorld {
  readonly attempts: Attempt[] = [];
  readonly takenBack: string[] = [];
  readonly stored = new Set<string>();
  unsent: UnsentUpload[] = [];
  now = 1000;
  readonly notes = new Map<string, KeptFile>();
  readonly contents = new Map<string, Blob>();
  #ids = 0;

  tray(change: Partial<TrayPorts> = {}): Tray {
    return new Tray({
      endpoint: "liveassist",
      userId: "anna",
      place: "liveassist:1",
      send: (sending) =>
        new Promise((succeed, fail) => this.attempts.push({ sending, succeed: () => succeed(), fail })),
      takeBack: async (url) => void this.takenBack.push(url),
      takeFrames: async () => [],
      lock: async () => () => undefined,
      keep: this.keep,
      listUnsent: async () => this.unsent,
      isStored: async (id) => this.stored.has(id),
      mostVideoBytes: () => null,
      usageChanged: () => undefined,
      newId: () => `file-${++this.#ids}`,
      now: () => this.now,
      wait: async () => undefined,
      ...change,
    });
  }

  readonly keep: KeepFiles = {
    add: async (file, content) => {
      this.notes.set(file.id, file);
      this.contents.set(file.id, content);
    },
    change: async (id, change) => {
      const known = this.notes.get(id);
      if (known) this.notes.set(id, { ...known, ...change });
    },
    markRemoved: async (file) => {
      this.contents.delete(file.id);
      this.notes.set(file.id, { ...file, removed: true });
    },
    forget: async (ids) => {
      for (const id of ids) {
        this.notes.delete(id);
        this.contents.delete(id);
      }
    },
    note: async (id) => this.notes.get(id),
    content: async (id) => this.contents.get(id),
    list: async (userId, now) => sortKept([...this.notes.values()], userId, now).kept,
    forgetAll: async () => this.notes.clear(),
  };
}

export const onServer = (id: string, state: UnsentUpload["state"], filename = "a.png"): UnsentUpload => ({
  state,
  expires_at: "2026-11-22T00:00:00.000Z",
  upload: {
    id,
    kind: "image",
    filename,
    media_type: "image/png",
    bytes: 1,
    width: null,
    height: null,
    url: `/api/liveassist/files/${id}`,
    preview_url: null,
  },
});

export const FREE: Allowance = { limit: 2, used: 0, resetsAt: null, asOf: 0, video: false };
export const PREMIUM: Allowance = { limit: null, used: 0, resetsAt: null, asOf: 0, video: true };

export const png = (name: string) => new File(["x"], name, { type: "image/png" });
export const phases = (tray: Tray) => tray.list.state().items.map(({ name, phase }) => `${name} ${phase}`);
export const until = (tray: Tray, expected: string[]) => expect.poll(() => phases(tray)).toEqual(expected);

/** A tray in a world of its own, with how the test plays the server. */
export function started(allowance = FREE, change: Parameters<TrayWorld["tray"]>[0] = {}) {
  const world = new TrayWorld();
  const tray = world.tray(change);
  tray.allow(allowance);
  /** Lets the server take, or refuse, an attempt; the first attempts of a file get an address. */
  const attempt = async (number: number) => {
    await vi.waitUntil(() => world.attempts.length >= number);
    const found = world.attempts[number - 1];
    if (!found) throw new Error("there was no such attempt");
    return found;
  };
  const finish = async (number: number, id = `up-${number}`) => {
    const { sending, succeed } = await attempt(number);
    if (sending.url === null) sending.onCreated(`/api/liveassist/uploads/${id}`);
    succeed();
  };
  return { world, tray, attempt, finish };
}
