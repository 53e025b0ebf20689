import type { Attachments } from "../attachment.ts";

/** The files above the text field: preview, progress, remove, each its own error. Renders nothing while there are none. */
export function AttachmentTray({ attachments }: { attachments: Attachments }) {
  return attachments.items.length === 0 ? null : <ul />;
}
