import type { UnsentUpload } from "@liveassist/api/contract";
import type { UploadEndpoint } from "./attachment.ts";
import type { KeepFiles } from "./keep-files.ts";
import type { Sending } from "./send-file.ts";
import type { Frame } from "./take-frames.ts";

/** What a tray needs of the world around it. */
export interface TrayPorts {
  readonly endpoint: UploadEndpoint;
  readonly userId: string;
  /** What the files belong to, across reloads. */
  readonly place: string;
  readonly send: (sending: Sending) => Promise<void>;
  readonly takeBack: (url: string) => Promise<void>;
  readonly takeFrames: (file: Blob, most: number, signal: AbortSignal) => Promise<Frame[]>;
  readonly lock: (id: string, signal: AbortSignal) => Promise<() => void>;
  readonly keep: KeepFiles;
  /** Null where the server has no such list. */
  readonly listUnsent: (() => Promise<UnsentUpload[]>) | null;
  /** Whether the server has a file of this id, sent or not. */
  readonly isStored: (uploadId: string) => Promise<boolean>;
  /** How large a video may be; null while it is not known. */
  readonly mostVideoBytes: () => number | null;
  /** Something happened that changes today's usage. */
  readonly usageChanged: () => void;
  readonly newId: () => string;
  /** Epoch ms. */
  readonly now: () => number;
  /** Until it makes sense to try again: so many ms, and a network. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export const uploadPath = (endpoint: UploadEndpoint): string => `/api/${endpoint}/uploads`;

/** The id at the end of an upload's address. */
export const idIn = (url: string): string => url.split(/[?#]/)[0]?.split("/").at(-1) ?? "";
