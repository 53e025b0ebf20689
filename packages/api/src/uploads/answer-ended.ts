import { AppError } from "@liveassist/shared/errors";
import { LIMIT_MESSAGES } from "@liveassist/shared/limit-messages";
import { MEDIA_MESSAGES } from "@liveassist/shared/media-messages";
import type { UploadView } from "@liveassist/shared/session-events";
import { noSuchUpload } from "./find-upload.ts";
import { toUploadView, type UploadRow } from "./upload-row.ts";

/** What is said of an upload that was finished before: the file, or once more why it was not taken. */
export function answerEnded(row: UploadRow): UploadView {
  if (row.state === "ready" || row.state === "sent") return toUploadView(row);
  if (row.state !== "failed") throw noSuchUpload();
  switch (row.failure) {
    case "VIDEO_REQUIRES_PREMIUM":
      throw new AppError("VIDEO_REQUIRES_PREMIUM", LIMIT_MESSAGES.VIDEO_REQUIRES_PREMIUM);
    case "TOO_LARGE":
      throw new AppError("TOO_LARGE", MEDIA_MESSAGES.TOO_MANY_PIXELS);
    default:
      throw new AppError("UNSUPPORTED_MEDIA", MEDIA_MESSAGES.UNKNOWN_CONTENT);
  }
}
