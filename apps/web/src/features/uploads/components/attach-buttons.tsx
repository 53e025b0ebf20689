import type { Attachments } from "../attachment.ts";

/** Picture, video (LiveAssist only) and, on touch devices, camera. Stand in a row with the send button. */
export function AttachButtons({ attachments }: { attachments: Attachments }) {
  return attachments.limit.takesVideo ? null : null;
}
