import type { UnsentUpload } from "@liveassist/api/contract";
import { newId } from "../../lib/new-id.ts";
import type { UploadEndpoint } from "./attachment.ts";
import { lockFile } from "./file-lock.ts";
import { keptFiles } from "./keep-files.ts";
import { knownMostVideoBytes } from "./most-video-bytes.ts";
import { sendFile, takeBack } from "./send-file.ts";
import { takeFrames } from "./take-frames.ts";
import { Tray } from "./tray.ts";
import { waitToTry } from "./wait-to-try.ts";

interface Place {
  readonly userId: string;
  readonly endpoint: UploadEndpoint;
  readonly scope: string;
}

interface Asking {
  readonly listUnsent: () => Promise<UnsentUpload[]>;
  readonly usageChanged: () => void;
}

const placeOf = ({ endpoint, scope }: Pick<Place, "endpoint" | "scope">) => `${endpoint}:${scope}`;

const trays = new Map<string, Tray>();
let asking: Promise<UnsentUpload[]> | null = null;
let adopted = false;

/** The tray of a place, made once a page: it goes on working while other pages of the app are looked at. */
export function trayOf({ userId, endpoint, scope }: Place, { listUnsent, usageChanged }: Asking): Tray {
  const place = placeOf({ endpoint, scope });
  const key = `${userId}:${place}`;
  const known = trays.get(key);
  if (known) return known;
  const once = () => {
    asking ??= listUnsent().finally(() => {
      asking = null;
    });
    return asking;
  };
  const tray = new Tray({
    endpoint,
    userId,
    place,
    send: sendFile,
    takeBack,
    takeFrames,
    lock: lockFile,
    keep: keptFiles,
    listUnsent: endpoint === "liveassist" ? once : null,
    isStored: async (uploadId) => (await fetch(`/api/${endpoint}/files/${uploadId}`, { method: "HEAD" })).ok,
    mostVideoBytes: knownMostVideoBytes,
    usageChanged,
    newId,
    now: () => Date.now(),
    wait: waitToTry,
  });
  trays.set(key, tray);
  return tray;
}

/** Brings back what was kept for a place; the first one of a page also takes what only the server knows of. */
export async function openTray(tray: Tray, endpoint: UploadEndpoint): Promise<void> {
  await tray.open();
  if (adopted || endpoint !== "liveassist") return;
  adopted = true;
  // Without an answer nothing is lost: the next page asks again.
  await tray.adopt().catch(() => undefined);
}

/**
 * Takes back everything that was picked for a place and not sent, because the place is gone: a deleted session's pictures
 * would hold units of the day that nobody sees.
 */
export async function discardFiles(gone: Place): Promise<void> {
  const place = placeOf(gone);
  const tray = trays.get(`${gone.userId}:${place}`);
  for (const { id } of tray?.list.state().items ?? []) tray?.remove(id);
  for (const kept of await keptFiles.list(gone.userId, Date.now())) {
    if (kept.place !== place || kept.removed) continue;
    await keptFiles.markRemoved(kept);
    const isBack =
      kept.url === null ||
      (await takeBack(kept.url)
        .then(() => true)
        .catch(() => false));
    if (isBack) await keptFiles.forget([kept.id]);
  }
}
