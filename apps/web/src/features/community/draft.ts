import { newId } from "../../lib/new-id.ts";
import { readStoredObject, writeStored } from "../../lib/stored.ts";

/** A post that is being written, as the browser keeps it. */
export interface Draft {
  /** The id the post will be sent under: tried twice, it is still one post. */
  readonly id: string;
  readonly text: string;
  /** Pictures were added; they are kept by the uploads, under this place. */
  readonly pictures: boolean;
}

/** Among the drafts that a sign-out takes out of the browser. */
const keyOf = (userId: string): string => `liveassist.draft.post.${userId}`;

export const emptyDraft = (): Draft => ({ id: newId(), text: "", pictures: false });

export function readDraft(userId: string): Draft {
  const kept = readStoredObject(keyOf(userId));
  if (typeof kept?.["id"] !== "string" || typeof kept["text"] !== "string") return emptyDraft();
  return { id: kept["id"], text: kept["text"], pictures: kept["pictures"] === true };
}

export function writeDraft(userId: string, draft: Draft): void {
  const empty = draft.text === "" && !draft.pictures;
  writeStored(keyOf(userId), empty ? null : JSON.stringify(draft));
}
