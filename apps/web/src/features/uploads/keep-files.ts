import type { MediaKind } from "@liveassist/shared/media";
import { clear, createStore, delMany, get, getMany, keys, setMany, type UseStore } from "idb-keyval";
import type { Attachment } from "./attachment.ts";

/** What is kept of a picked file, so that a reload or the checkout does not lose it. */
export interface KeptFile {
  readonly id: string;
  readonly userId: string;
  /** The place it was picked for; see `trayFor`. */
  readonly place: string;
  readonly name: string;
  readonly type: string;
  readonly kind: MediaKind;
  readonly bytes: number;
  /** Epoch ms. */
  readonly addedAt: number;
  /** Of its upload on the server, once there is one. */
  readonly url: string | null;
  readonly uploadId: string | null;
  /** The server has taken all of it. */
  readonly ready: boolean;
  readonly heldFor: Attachment["heldFor"];
  /** Stills that are on the server; null: all that there will be. */
  readonly framesSent: number | null;
  /** Removed by its user, and not yet on the server. */
  readonly removed: boolean;
}

const KEPT_MS = 24 * 3_600_000;
const note = (id: string) => `note:${id}`;
const blob = (id: string) => `blob:${id}`;

let opened: UseStore | null = null;
/** Writes follow each other, so that none comes after the deletion that it was before. */
let last: Promise<unknown> = Promise.resolve();

/** Private windows and full disks make the product forget, not fail. */
function inTurn<Answer>(work: (store: UseStore) => Promise<Answer>, otherwise: Answer): Promise<Answer> {
  const run = async () => {
    try {
      opened ??= createStore("liveassist-files", "files");
      return await work(opened);
    } catch {
      return otherwise;
    }
  };
  const turn = last.then(run);
  last = turn;
  return turn;
}

export type KeepFiles = typeof keptFiles;

/** Picked files on this device, in the browser's database: notes apart from the (large) contents. Nothing here rejects. */
export const keptFiles = {
  /** The contents are written first: a note without them is of no use. */
  add: (file: KeptFile, content: Blob): Promise<void> =>
    inTurn(
      (store) =>
        setMany(
          [
            [blob(file.id), content],
            [note(file.id), file],
          ],
          store,
        ),
      undefined,
    ),
  /** Takes over what has changed, if it is still kept. */
  change: (id: string, change: Partial<KeptFile>): Promise<void> =>
    inTurn(async (store) => {
      const known = await get<KeptFile>(note(id), store);
      if (known) await setMany([[note(id), { ...known, ...change }]], store);
    }, undefined),
  /** Forgets the contents, but not yet that the server has it. */
  markRemoved: (file: KeptFile): Promise<void> =>
    inTurn(async (store) => {
      await delMany([blob(file.id)], store);
      await setMany([[note(file.id), { ...file, removed: true }]], store);
    }, undefined),
  forget: (ids: readonly string[]): Promise<void> =>
    inTurn(
      (store) =>
        delMany(
          ids.flatMap((id) => [note(id), blob(id)]),
          store,
        ),
      undefined,
    ),
  note: (id: string): Promise<KeptFile | undefined> =>
    inTurn((store) => get<KeptFile>(note(id), store), undefined),
  content: (id: string): Promise<Blob | undefined> =>
    inTurn((store) => get<Blob>(blob(id), store), undefined),
  /** A user's, oldest first. Those of others and those that are a day old are deleted on the way. */
  list: (userId: string, now: number): Promise<KeptFile[]> =>
    inTurn(async (store) => {
      const noted = (await keys<string>(store)).filter((key) => key.startsWith(note("")));
      const notes = await getMany<KeptFile>(noted, store);
      const { kept, old } = sortKept(
        notes.filter((known) => known !== undefined),
        userId,
        now,
      );
      await delMany(
        old.flatMap(({ id }) => [note(id), blob(id)]),
        store,
      );
      return kept;
    }, []),
  forgetAll: (): Promise<void> => inTurn((store) => clear(store), undefined),
};

/** Which kept files are this user's and young enough, oldest first, and which are to be deleted. */
export function sortKept(
  all: readonly KeptFile[],
  userId: string,
  now: number,
): { readonly kept: KeptFile[]; readonly old: KeptFile[] } {
  const isKept = (file: KeptFile) => file.userId === userId && now - file.addedAt < KEPT_MS;
  const kept = all.filter(isKept).sort((one, other) => one.addedAt - other.addedAt);
  return { kept, old: all.filter((file) => !isKept(file)) };
}
