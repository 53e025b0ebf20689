import type { MediaKind } from "@liveassist/shared/media";

/** Where a picked file is on its way. `held` waits for Premium or for tomorrow, and goes by itself then. */
export type Phase = "waiting" | "preparing" | "uploading" | "checking" | "ready" | "held" | "failed";

/** What went wrong with one file, in words that say what to do. */
export interface Problem {
  readonly text: string;
  /** Whether the same file may be tried again; false for what will never be taken. */
  readonly canRetry: boolean;
}

/** One file beside a text that is being written. */
export interface Attachment {
  /** Of this page; the server's is `uploadId`. */
  readonly id: string;
  readonly name: string;
  /** Null for what is neither a picture nor a video. */
  readonly kind: MediaKind | null;
  readonly type: string;
  readonly bytes: number;
  /** An address to show as a picture; null while there is none. It lives as long as the attachment. */
  readonly previewUrl: string | null;
  readonly uploadId: string | null;
  readonly phase: Phase;
  /** From 0 to 1, while uploading. */
  readonly progress: number;
  readonly heldFor: "day-limit" | "premium" | null;
  readonly problem: Problem | null;
  /** Something to know that is no problem, such as a video that goes without stills. */
  readonly note: string | null;
}

/** What the limits of the plan do to these attachments. */
export interface AttachmentLimit {
  /** The image limit's dialog has something to say. */
  readonly dialogOpen: boolean;
  readonly closeDialog: () => void;
  /** Whether there is a video button at all; community posts have none. */
  readonly takesVideo: boolean;
  /** Whether the plan allows video (requirements R30). */
  readonly videoAllowed: boolean;
}

export interface Attachments {
  readonly items: readonly Attachment[];
  /** The one way in, for what is picked, dropped, pasted or photographed. */
  readonly add: (files: readonly File[]) => void;
  /** Takes a file back, also from the server; its unit is given back there. */
  readonly remove: (id: string) => void;
  readonly retry: (id: string) => void;
  /** The server's ids of what can be sent now, in order: `uploadIds` of the message. */
  readonly readyIds: readonly string[];
  /** Something is still on its way: send waits. Held and failed files are not on their way. */
  readonly isBusy: boolean;
  /** What was picked before a reload is still being brought back: send waits for that, too. */
  readonly isOpening: boolean;
  /**
   * To be called once a message or post was taken by the server: forgets what was sent (the given upload ids, else all
   * that is ready) here and on the disk. Held and failed files stay. It does not delete anything on the server.
   */
  readonly clear: (sentUploadIds?: readonly string[]) => void;
  /** To be called when a message was refused because of its files (`UPLOAD_USED`, `NOT_FOUND` …): asks what is still there. */
  readonly recheck: () => void;
  readonly limit: AttachmentLimit;
}

export type UploadEndpoint = "liveassist" | "community";

const BUSY: ReadonlySet<Phase> = new Set(["waiting", "preparing", "uploading", "checking"]);

export const isOnItsWay = ({ phase }: Attachment): boolean => BUSY.has(phase);
